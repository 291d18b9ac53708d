namespace Cairn.Models;

/// <param name="Pattern">In .NET's syntax.</param>
/// <param name="NeedsBacktracking">It has lookaround, word boundaries or back references.</param>
/// <param name="HasBackReferences">Groups must capture.</param>
/// <param name="Repetitions">The product of all counted repetitions: how much an automaton would grow at most.</param>
internal sealed record TranslatedPattern(string Pattern, bool NeedsBacktracking, bool HasBackReferences, long Repetitions);
