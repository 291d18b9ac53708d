using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>What a scripted model says (docs/scripted-model.md): the first turn whose condition matches the newest user text answers.</summary>
public sealed record Script(ImmutableArray<ScriptTurn> Turns);
