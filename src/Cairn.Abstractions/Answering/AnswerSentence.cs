using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>A sentence of an answer: UTF-16 offsets into the answer's text and the numbers of its citations.</summary>
public sealed record AnswerSentence
{
    public required int Start { get; init; }

    public required int End { get; init; }

    public ImmutableArray<int> Citations { get; init; } = [];

    /// <summary>False when the passages do not carry the sentence; the interface marks it.</summary>
    public bool Supported { get; init; } = true;
}
