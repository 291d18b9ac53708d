namespace Cairn.Knowledge;

/// <summary>A passage by its database id, with its BM25 score.</summary>
public readonly record struct LexicalHit(long Passage, double Score)
{
    /// <summary>Where it stands in the scope that was searched, for <see cref="LexicalSearch.Explain"/>.</summary>
    internal int Segment { get; init; }

    internal uint Number { get; init; }
}
