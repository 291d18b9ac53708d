using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A question and its answer, to be appended to a conversation.</summary>
internal sealed record SavedTurn
{
    public required string Conversation { get; init; }

    public required bool IsNew { get; init; }

    public required string App { get; init; }

    public required string Question { get; init; }

    public required string QuestionId { get; init; }

    public required string AnswerId { get; init; }

    public required Answer Answer { get; init; }

    /// <summary>The documents that may have gone into the answer's text: who loses one of them loses the text.</summary>
    public required ImmutableArray<string> Evidence { get; init; }
}
