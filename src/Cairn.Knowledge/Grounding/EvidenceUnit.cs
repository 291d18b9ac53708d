using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// A sentence, list item or table row of a passage: what can be quoted. <see cref="Start"/> and <see cref="End"/> are UTF-16 offsets into
/// the passage's text. <see cref="Asked"/> and <see cref="NearlyAsked"/> are masks over the question's terms.
/// </summary>
internal sealed class EvidenceUnit
{
    public required int Start { get; init; }

    public required int End { get; init; }

    public required ImmutableArray<EvidenceWord> Words { get; init; }

    /// <summary>False for what gives context only: a heading, a table's head, a question, the question that was asked.</summary>
    public required bool IsCandidate { get; init; }

    /// <summary>The terms of the question that the text holds.</summary>
    public required ulong Asked { get; init; }

    /// <summary>Those of which it holds a word with the same beginning, or the word itself.</summary>
    public required ulong NearlyAsked { get; init; }

    /// <summary>To what degree, 0 to 1, the text holds each term of the question: 1 the word itself, less a related one.</summary>
    public required double[] Held { get; init; }

    /// <summary>The first word stands for something named before.</summary>
    public required bool Refers { get; init; }

    /// <summary>Some word stands for something named elsewhere.</summary>
    public required bool HoldsPronoun { get; init; }

    /// <summary>Content words that are not asked terms, and the names and numbers among them.</summary>
    public required int NewWords { get; init; }

    public required int NewNames { get; init; }

    /// <summary>Characters that prose does not use, as a share: code and markup have many.</summary>
    public required double Symbols { get; init; }
}
