using System.Diagnostics;
using Cairn.Knowledge;

namespace Cairn.Bench;

internal sealed class CairnPeer(string folder, Bm25Parameters? parameters = null) : ISearchPeer
{
    /// <summary>Passages per document: what a chapter or a page of documentation has.</summary>
    private const int PassagesPerDocument = 10;

    private static readonly Principal Caller = Principal.Owner();

    private LexicalIndex _index = LexicalIndex.InMemory();
    private IndexScope? _scope;

    public string Name => "cairn";

    public BuildFigures Build(IReadOnlyList<string> passages)
    {
        LexicalIndex.Delete(folder);
        var watch = Stopwatch.StartNew();
        _index = LexicalIndex.Open(folder);
        foreach (var batch in Documents(passages).Chunk(1000))
            _index.Apply(batch);
        _index.Commit(1);
        _index.MergeAll();
        _index.Commit(2);
        var figures = new BuildFigures(watch.Elapsed.TotalSeconds, _index.Size);
        Reopen(parameters);
        return figures;
    }

    public void Reopen(Bm25Parameters? with)
    {
        _index = LexicalIndex.Open(folder, with);
        _scope = _index.Scope(Caller);
    }

    public Found Search(string question, int top)
    {
        var start = Stopwatch.GetTimestamp();
        var hits = _index.Search(_scope!, LexicalQuery.Parse(question), top);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Found([.. hits.Hits.Select(h => (int)h.Passage)], took);
    }

    public void Dispose()
    {
    }

    internal static IEnumerable<DocumentPassages> Documents(IReadOnlyList<string> passages)
    {
        for (var first = 0; first < passages.Count; first += PassagesPerDocument)
        {
            var id = "document-" + first;
            yield return new DocumentPassages(Tenants.Default, id,
            [
                .. Enumerable.Range(first, Math.Min(PassagesPerDocument, passages.Count - first)).Select(i => new Passage
                {
                    Id = i, Document = id, Version = 1, Source = "pool", Path = id, Title = "", HeadingPath = "", Start = 0,
                    End = passages[i].Length,
                    Text = passages[i], Access = AccessSet.Everyone, Changed = DateTimeOffset.UnixEpoch,
                }),
            ]);
        }
    }
}
