namespace Cairn.Knowledge;

/// <summary>A document that stands at a path, as far as the look for removed files asks.</summary>
/// <param name="Version">0: it was never readable.</param>
internal sealed record StandingDocument(string Id, string Path, int Version);
