namespace Cairn.Knowledge;

/// <summary>
/// Searches the index for a caller, asks the database which of the hits the caller may read now (the index lags a little), searches deeper
/// when too many fall away, and ranks what is left by its text.
/// </summary>
internal sealed class Retriever(IIndexReader index, IPassageStore store) : IRetriever
{
    public const int MaxTop = 200;

    /// <summary>Hits beyond those wanted, so that one that fell away seldom costs a second search.</summary>
    private const int Spare = 6;

    private readonly ScopeCache _scopes = new();

    public async Task<Retrieval> RetrieveAsync(Principal caller, RetrievalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        var lexical = LexicalQuery.Parse(query.Text);
        var current = await index.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var scope = _scopes.Of(current, caller, query.Sources);
        var top = Math.Clamp(query.Top, 1, MaxTop);
        var ranked = Math.Max(top, PassageRanking.Depth);
        for (var depth = ranked + Spare; ; depth *= 4)
        {
            var hits = Search(current, scope, lexical, depth);
            var readable = await ReadAsync(caller, hits, cancellationToken).ConfigureAwait(false);
            if (readable.Count >= ranked || hits.Hits.Count < depth)
                return Result(scope, lexical, hits, [.. readable.Take(ranked)], top);
        }
    }

    private static LexicalHits Search(LexicalIndex index, IndexScope scope, LexicalQuery query, int depth)
    {
        using var step = CairnTracing.Source.StartActivity(Steps.Search);
        var hits = index.Search(scope, query, depth);
        step?.SetTag("terms", query.Terms.Count).SetTag("passages.visible", scope.Passages).SetTag("hits", hits.Hits.Count);
        if (hits.Hits.Count > 0)
            step?.SetTag("score.best", hits.Hits[0].Score);
        return hits;
    }

    private async Task<IReadOnlyList<Passage>> ReadAsync(Principal caller, LexicalHits hits, CancellationToken cancellationToken)
    {
        if (hits.Hits.Count == 0)
            return [];
        using var step = CairnTracing.Source.StartActivity(Steps.AccessCheck);
        var read = await store.ReadAsync(caller, [.. hits.Hits.Select(h => h.Passage)], cancellationToken).ConfigureAwait(false);
        step?.SetTag("asked", hits.Hits.Count).SetTag("readable", read.Count);
        return read;
    }

    private static Retrieval Result(IndexScope scope, LexicalQuery query, LexicalHits hits, IReadOnlyList<Passage> readable, int top)
    {
        using var step = CairnTracing.Source.StartActivity(Steps.Rank);
        var ranked = PassageRanking.Rank(query, hits.SearchedWeights, scope.MeanLength, readable);
        step?.SetTag("passages", readable.Count).SetTag("terms.related", query.Searched.Count - query.Terms.Count);
        var total = hits.Weights.Sum();
        return new Retrieval
        {
            Passages = [.. ranked.Take(top)],
            DocumentsVisible = scope.Documents,
            PassagesVisible = scope.Passages,
            Terms = [.. query.Terms.Select((t, i) => new QueryTerm(t.Typed, t.Indexed, hits.Found[i],
                total > 0 ? hits.Weights[i] / total : 0))],
        };
    }
}
