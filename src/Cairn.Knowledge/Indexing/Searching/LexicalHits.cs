namespace Cairn.Knowledge;

/// <summary>
/// The best passages, best first (equal scores: the smaller id first). <see cref="Found"/> says in how many visible passages each term of
/// the query stands,
/// <see cref="Weights"/> how much each weighs (inverse document frequency times repeats).
/// </summary>
public sealed record LexicalHits(IReadOnlyList<LexicalHit> Hits, IReadOnlyList<int> Found, IReadOnlyList<double> Weights)
{
    /// <summary>The weights of <see cref="LexicalQuery.Searched"/>.</summary>
    internal IReadOnlyList<double> SearchedWeights { get; init; } = [];
}
