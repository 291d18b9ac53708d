using System.Collections.Immutable;
using Cairn.Training;

namespace Cairn.Apps;

/// <summary>A recipe file of the workspace.</summary>
/// <param name="Path">Beneath the workspace, with slashes.</param>
/// <param name="Recipe">null where the file has mistakes.</param>
public sealed record FoundRecipe(string Path, Recipe? Recipe, ImmutableArray<Problem> Problems);
