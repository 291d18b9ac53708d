namespace Cairn.Models;

/// <summary>What some calls cost.</summary>
/// <param name="Name">The model, app, user, key or day; empty for calls that had none, such as those outside an app.</param>
/// <param name="Unpriced">Calls of models without a known price: their cost is not in <paramref name="CostUsd"/>.</param>
public sealed record CostLine(string Name, long Calls, long Unpriced, CallUsage Tokens, decimal CostUsd);
