namespace Cairn.Server;

internal sealed record PromoteBody(int Version);
