namespace Cairn.Models;

/// <param name="Model"><c>provider/model</c>.</param>
/// <param name="Detail">
/// For people: why it is not ready, or why nobody knows that it answers (not tried yet, or the last call failed); null once it answered.
/// </param>
public sealed record ModelStatus(string Model, ModelState State, string? Detail);
