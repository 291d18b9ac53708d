namespace Cairn.Server;

internal sealed record IngestStarted(string JobId);
