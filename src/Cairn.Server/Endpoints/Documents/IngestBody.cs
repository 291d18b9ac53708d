namespace Cairn.Server;

/// <summary>Absolute paths (only over the socket), else a whole declared source.</summary>
internal sealed record IngestBody(string? Source = null, IReadOnlyList<string>? Paths = null, IReadOnlyList<string>? Allow = null);
