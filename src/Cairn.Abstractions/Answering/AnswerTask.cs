using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>What an engine gets: the question and the evidence, already retrieved as the caller.</summary>
public sealed record AnswerTask
{
    public required Principal Caller { get; init; }

    public required string Question { get; init; }

    public required Retrieval Evidence { get; init; }

    /// <summary>Earlier turns of the conversation, oldest first.</summary>
    public ImmutableArray<ConversationTurn> History { get; init; } = [];
}
