namespace Cairn.Knowledge;

/// <summary>Documents by what happened to them; a rename counts as updated.</summary>
public sealed record IngestCounts(int Added, int Updated, int Unchanged, int Removed, int Failed);
