using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>
/// What a scripted model says (docs/scripted-model.md): the first turn whose condition matches the newest user text answers.
/// </summary>
/// <param name="Dimensions">The length of the embeddings that it makes; 0: it makes none.</param>
public sealed record Script(ImmutableArray<ScriptTurn> Turns, int Dimensions = 0)
{
    /// <summary>The file's text, by which two readings are the same; null for a script that comes from no file.</summary>
    public string? Source { get; init; }

    /// <summary>The absolute path of that file.</summary>
    public string? File { get; init; }
}
