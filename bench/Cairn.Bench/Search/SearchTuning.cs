using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>Tries parameters on the tuning halves: <c>bench/run search --tune</c>.</summary>
internal static class SearchTuning
{
    public static void Run(CairnPeer cairn, Corpus corpus)
    {
        foreach (var k1 in new[] { 0.6, 0.9, 1.2, 1.5 })
        foreach (var b in new[] { 0.4, 0.6, 0.75, 0.9 })
        foreach (var slope in new[] { 1.0, 0.6, 0.3, 0.0 })
        {
            cairn.Reopen(new Bm25Parameters(k1, b, slope));
            var qualities = corpus.Sets.Select(set => Quality.Of([.. set.ForTuning.Select(q => (q,
                corpus.Within(set, cairn.Search(q.Text, 10).Passages)))])).ToList();
            Console.Error.WriteLine(FormattableString.Invariant($"k1 {k1:0.00} b {b:0.00} slope {slope:0.00} ")
                + string.Join(' ', corpus.Sets.Zip(qualities,
                    (set, q) => FormattableString.Invariant($"{set.Name} R10 {q.Recall10:.000} MRR {q.Mrr10:.000} nDCG {q.Ndcg10:.000}"))));
        }
    }
}
