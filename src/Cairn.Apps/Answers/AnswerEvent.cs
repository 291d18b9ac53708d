using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>What the flow tells while it answers: steps, text, citations, and at the end the whole answer.</summary>
public abstract record AnswerEvent;

/// <summary>A step began or ended; <see cref="Detail"/> is for people ("searched 84 documents").</summary>
public sealed record AnswerStep(string Name, string Detail, double Milliseconds, bool Finished) : AnswerEvent
{
    /// <summary>What retrieval found, best first: on the end of that step, long before a model has written about it.</summary>
    public ImmutableArray<RetrievedPassage> Found { get; init; } = [];
}

/// <summary>More text.</summary>
public sealed record AnswerDelta(string Text) : AnswerEvent;

public sealed record AnswerCitation(Citation Citation) : AnswerEvent;

/// <summary>
/// Discard the text and the citations so far: the engine that wrote them failed in the middle, and another begins. The reason is that
/// of <see cref="Degradation"/>, for people.
/// </summary>
public sealed record AnswerReset(string Reason) : AnswerEvent;

/// <summary>The final answer; <see cref="Conversation"/> and <see cref="Message"/> are set when the turn was saved.</summary>
public sealed record AnswerDone(Answer Answer, string? Conversation, string? Message) : AnswerEvent
{
    /// <summary>Of the model that wrote it; null for the floor, and where the model did not say.</summary>
    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }
}
