using Cairn.Apps;

namespace Cairn.Server;

/// <param name="Path">Beneath the workspace.</param>
/// <param name="Model">null, like the rest, where the file has mistakes.</param>
/// <param name="Problems">Each with file, line and column.</param>
internal sealed record RecipeResponse(
    string Path, string? Model, string? Title, string? Target, string? Estimator, IReadOnlyList<string> Problems)
{
    public static RecipeResponse Of(FoundRecipe found) => new(
        found.Path, found.Recipe?.Name, found.Recipe?.Title, found.Recipe?.Target, found.Recipe?.Estimator.ToString(),
        [.. found.Problems.Select(p => p.ToString())]);
}
