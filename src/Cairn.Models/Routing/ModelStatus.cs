namespace Cairn.Models;

/// <param name="Model"><c>provider/model</c>.</param>
/// <param name="Detail">Why it is not ready, for people; null when it is.</param>
public sealed record ModelStatus(string Model, ModelState State, string? Detail);
