namespace Cairn.Server;

/// <param name="Recipe">The absolute path of a recipe file on the server's machine.</param>
internal sealed record TrainBody(string Recipe);
