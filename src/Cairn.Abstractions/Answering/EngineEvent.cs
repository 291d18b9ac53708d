using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>What an engine yields while it works: any number of <see cref="EngineDelta"/>, then one <see cref="EngineResult"/>.</summary>
public abstract record EngineEvent;

/// <summary>More text of the answer, to show at once.</summary>
public sealed record EngineDelta(string Text) : EngineEvent;

/// <summary>
/// The whole answer. <see cref="Text"/> is final and may differ from the deltas joined (markers resolved, sentences marked).
/// </summary>
public sealed record EngineResult : EngineEvent
{
    public required AnswerStatus Status { get; init; }

    public required string Text { get; init; }

    public ImmutableArray<AnswerSentence> Sentences { get; init; } = [];

    public ImmutableArray<Citation> Citations { get; init; } = [];

    /// <summary>
    /// How sure the engine is that the evidence answers the question, 0 to 1; below its operating point the status is missing.
    /// </summary>
    public double Confidence { get; init; }

    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>Provider and model, null for an engine without one.</summary>
    public string? Model { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }
}
