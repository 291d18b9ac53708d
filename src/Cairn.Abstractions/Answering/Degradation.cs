namespace Cairn.Abstractions;

/// <summary>Why something less than what was asked for answered.</summary>
public sealed record Degradation(string Reason);
