namespace Cairn.Training;

/// <summary>A file that a training left, kept by its hash.</summary>
public sealed record Artefact(string Name, string MediaType, string Blob, long Bytes);
