using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One turn of a script. Without a condition it matches everything. Conditions are on the newest user text.</summary>
public sealed record ScriptTurn
{
    /// <summary>Matches when the text contains this, in any case.</summary>
    public string? Contains { get; init; }

    public Regex? Matches { get; init; }

    /// <summary>Matches when so many results of tools have come since the newest user text; null: any number.</summary>
    public int? Results { get; init; }

    /// <summary>What the model thinks before it speaks.</summary>
    public string Reasoning { get; init; } = "";

    /// <summary>
    /// What the model says; <c>$1</c> or <c>${name}</c> are groups of <see cref="Matches"/>, <c>{{result}}</c> is the newest result of a
    /// tool.
    /// </summary>
    public string Reply { get; init; } = "";

    /// <summary>Characters per streamed piece; 0: the whole reply at once.</summary>
    public int PieceLength { get; init; } = 12;

    /// <summary>Waited before the first piece.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Waited between pieces.</summary>
    public TimeSpan PieceDelay { get; init; }

    public ImmutableArray<ScriptCall> Calls { get; init; } = [];

    /// <summary>The log probability of every piece; null: none are given.</summary>
    public double? Logprob { get; init; }

    /// <summary>Why it ends; null: <c>tool_calls</c> where tools are called, else <c>stop</c>.</summary>
    public ChatFinishReason? Finish { get; init; }

    /// <summary>null: counted, four characters a token.</summary>
    public CallUsage? Usage { get; init; }

    public ScriptFailure? Failure { get; init; }
}
