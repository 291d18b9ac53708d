namespace Cairn.Knowledge;

public sealed record IngestFailure(string Path, string Reason);
