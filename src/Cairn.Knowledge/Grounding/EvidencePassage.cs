using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>A retrieved passage, read against a question.</summary>
internal sealed class EvidencePassage
{
    // BM25's usual constants; passages of this many words are neither short nor long.
    private const double K1 = 1.2;
    private const double B = 0.75;
    private const double TypicalWords = 120;

    public required Passage Passage { get; init; }

    /// <summary>From 0 in the order of the retrieval.</summary>
    public required int Rank { get; init; }

    public required ImmutableArray<EvidenceUnit> Units { get; init; }

    /// <summary>The terms of the question in the title and the headings.</summary>
    public required ulong Context { get; init; }

    /// <summary>The terms of the question in the text, the title and the headings.</summary>
    public required ulong Asked { get; init; }

    /// <summary>The same with words that have a term's beginning.</summary>
    public required ulong NearlyAsked { get; init; }

    /// <summary>For each term of the question the number of units that hold it, and that nearly do.</summary>
    public required ImmutableArray<int> UnitsWith { get; init; }

    public required ImmutableArray<int> UnitsNearly { get; init; }

    /// <summary>To what degree, 0 to 1, the text, the title and the headings hold each term of the question.</summary>
    public required double[] Held { get; init; }

    /// <summary>The same of the title and the headings alone.</summary>
    public required double[] ContextHeld { get; init; }

    /// <summary>The same of all passages of the document that were retrieved; of this one alone until they are read.</summary>
    public required double[] DocumentHeld { get; set; }

    /// <summary>Each term's degrees, added up over the units.</summary>
    public required double[] UnitsHeld { get; init; }

    /// <summary>The highest coverage of a unit, each term to its degree.</summary>
    public required double BestHeld { get; init; }

    /// <summary>The coverage of the passage and, in part, that of its best unit.</summary>
    public double HeldScore => Coverage + (0.6 * BestHeld);

    /// <summary>Of the question by the passage, each term to its degree.</summary>
    public required double Coverage { get; init; }

    /// <summary>The highest coverage of a unit.</summary>
    public required double BestCoverage { get; init; }

    /// <summary>BM25 of the text as a share of the question's weight; independent of how the passage was found.</summary>
    public required double Score { get; init; }

    public static double Saturate(int frequency, int words)
        => frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * words / TypicalWords))));
}
