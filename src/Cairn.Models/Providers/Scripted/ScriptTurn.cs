using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>One turn of a script. Without a condition it matches everything. Conditions are on the newest user text.</summary>
public sealed record ScriptTurn
{
    /// <summary>Matches when the text contains this, in any case.</summary>
    public string? Contains { get; init; }

    public Regex? Matches { get; init; }

    /// <summary>What the model says; <c>$1</c> or <c>${name}</c> are groups of <see cref="Matches"/>.</summary>
    public string Reply { get; init; } = "";

    /// <summary>Characters per streamed piece; 0: the whole reply at once.</summary>
    public int PieceLength { get; init; } = 12;

    /// <summary>Waited before the first piece.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Waited between pieces.</summary>
    public TimeSpan PieceDelay { get; init; }

    public ScriptFailure? Failure { get; init; }
}
