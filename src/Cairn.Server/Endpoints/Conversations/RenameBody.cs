namespace Cairn.Server;

internal sealed record RenameBody(string Title);
