namespace Cairn.Server;

/// <param name="Recipe">
/// A recipe of the workspace by its path there (GET /api/v1/recipes), or the absolute path of a recipe file on the server's machine, over
/// the socket only.
/// </param>
internal sealed record TrainBody(string Recipe);
