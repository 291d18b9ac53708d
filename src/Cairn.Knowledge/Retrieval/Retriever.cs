using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// Searches the index for a caller, then asks the database which of the hits the caller may read now (the index lags a little) and
/// searches deeper when some fall away.
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
        for (var depth = top + Spare; ; depth *= 4)
        {
            var hits = Search(current, scope, lexical, depth);
            var readable = await ReadAsync(caller, hits, cancellationToken).ConfigureAwait(false);
            if (readable.Count >= top || hits.Hits.Count < depth)
                return Result(current, scope, lexical, hits, readable, top);
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

    private async Task<Dictionary<long, Passage>> ReadAsync(Principal caller, LexicalHits hits, CancellationToken cancellationToken)
    {
        if (hits.Hits.Count == 0)
            return [];
        using var step = CairnTracing.Source.StartActivity(Steps.AccessCheck);
        var read = await store.ReadAsync(caller, [.. hits.Hits.Select(h => h.Passage)], cancellationToken).ConfigureAwait(false);
        step?.SetTag("asked", hits.Hits.Count).SetTag("readable", read.Count);
        return read.ToDictionary(p => p.Id);
    }

    private static Retrieval Result(
        LexicalIndex index, IndexScope scope, LexicalQuery query, LexicalHits hits, Dictionary<long, Passage> readable, int top)
    {
        var total = hits.Weights.Sum();
        return new Retrieval
        {
            Passages =
            [
                .. hits.Hits
                    .Where(h => readable.ContainsKey(h.Passage))
                    .Take(top)
                    .Select(h => new RetrievedPassage(readable[h.Passage], h.Score, Parts(index, scope, query, hits, h))),
            ],
            DocumentsVisible = scope.Documents,
            PassagesVisible = scope.Passages,
            Terms = [.. query.Terms.Select((t, i) => new QueryTerm(t.Typed, t.Indexed, hits.Found[i], total > 0 ? hits.Weights[i] / total : 0))],
        };
    }

    /// <summary>What each term gave (<c>bm25:TERM</c>), and the share lost by being superseded.</summary>
    private static ImmutableDictionary<string, double> Parts(LexicalIndex index, IndexScope scope, LexicalQuery query, LexicalHits hits, LexicalHit hit)
    {
        var parts = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var sum = 0d;
        foreach (var (term, part) in query.Terms.Zip(index.Explain(scope, query, hits, hit)))
        {
            if (part > 0)
                parts["bm25:" + term.Indexed] = part;
            sum += part;
        }
        if (hit.Score < sum - 1e-9)
            parts["superseded"] = hit.Score - sum;
        return parts.ToImmutable();
    }
}
