using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>The payload of a message's row.</summary>
internal sealed record StoredMessage
{
    public required string Text { get; init; }

    public Answer? Answer { get; init; }

    public ImmutableArray<string> Evidence { get; init; } = [];
}
