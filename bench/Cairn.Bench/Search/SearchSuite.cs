using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// Lexical search beside SQLite FTS5 and Lucene on the same passages, one thread, warm, questions interleaved. Quality is that of the
/// held-out half of each set; FTS5, which takes a hundred times as long, answers a sample, and is compared on that sample.
/// </summary>
internal sealed class SearchSuite : ISuite
{
    public string Name => "search";

    public Task RunAsync(BenchOptions options)
    {
        var distractors = Pool.Passages(options.Quick ? 30_000 : 300_000);
        var folder = Directory.CreateDirectory(Path.Combine(Pool.Cache, options.Quick ? "search-quick" : "search")).FullName;
        // The sentences are of the same articles as the paragraphs: in one index each would be a wrong answer to the other's questions.
        Run(new Corpus(distractors, QuestionSets.XQuad(), QuestionSets.Cranfield()), folder, options, measuresSpeed: true);
        Run(new Corpus(distractors, QuestionSets.SquadSentences(options.Quick ? 1000 : 3000)), folder, options, measuresSpeed: false);
        return Task.CompletedTask;
    }

    private static void Run(Corpus corpus, string folder, BenchOptions options, bool measuresSpeed)
    {
        using var cairn = new CairnPeer(Path.Combine(folder, "cairn"));
        Built(cairn, corpus, measuresSpeed);
        if (options.Arguments.Contains("--tune"))
        {
            SearchTuning.Run(cairn, corpus);
            return;
        }
        if (options.Arguments.Contains("--alone"))
        {
            Alone(cairn, corpus);
            return;
        }
        using var fts = new FtsPeer(Path.Combine(folder, "fts.db"), "unicode61");
        using var porter = new FtsPeer(Path.Combine(folder, "fts-porter.db"), "porter unicode61");
        Built(fts, corpus, measuresSpeed);
        Built(porter, corpus, measuresSpeed);
        using var lucene = LucenePeer.Missing() is null ? new LucenePeer(Path.Combine(folder, "lucene")) : null;
        if (lucene is null)
            Console.Error.WriteLine($"skipped: lucene ({LucenePeer.Missing()})");
        else
            Built(lucene, corpus, measuresSpeed);
        if (measuresSpeed)
            Speed(corpus, options.Quick ? 20 : 40, cairn, lucene, fts, porter);
        foreach (var set in corpus.Sets)
            CompareQuality(set, corpus, options.Quick ? 50 : 60, cairn, lucene, fts, porter);
    }

    private static void Built(ISearchPeer peer, Corpus corpus, bool measuresSpeed)
    {
        var figures = peer.Build(corpus.Passages);
        Console.Error.WriteLine(
            FormattableString.Invariant(
                $"{peer.Name}: {corpus.Passages.Count} passages, build {figures.Seconds:0.0} s, index {figures.Bytes / 1e6:0.0} MB"));
        if (peer.Name == "cairn" && measuresSpeed)
            Bar.AtMost("search.index.megabytes", figures.Bytes / 1e6, "MB", 50.0 * corpus.Passages.Count / 300_000);
    }

    /// <summary>Cairn without peers: for work on it.</summary>
    private static void Alone(CairnPeer cairn, Corpus corpus)
    {
        foreach (var set in corpus.Sets)
        {
            Console.Error.WriteLine(
                $"{set.Name} {Quality.Of([.. set.HeldOut.Select(q => (q, corpus.Within(set, cairn.Search(q.Text, 10).Passages)))])}");
            var questions = set.HeldOut.ToList();
            var best = Enumerable.Repeat(double.MaxValue, questions.Count).ToArray();
            for (var round = 0; round < 7; round++)
            {
                for (var i = 0; i < questions.Count; i++)
                    best[i] = Math.Min(best[i], cairn.Search(questions[i].Text, 10).Milliseconds);
            }
            Array.Sort(best);
            Console.Error.WriteLine(
                FormattableString.Invariant(
                    $"  best of seven: p50 {best[best.Length / 2]:0.000} p95 {best[best.Length * 95 / 100]:0.000} p99 {best[best.Length * 99 / 100]:0.000} mean {best.Average():0.000} ms"));
        }
    }

    private static void Speed(Corpus corpus, int ftsQuestions, CairnPeer cairn, LucenePeer? lucene, FtsPeer fts, FtsPeer porter)
    {
        var questions = corpus.Sets[0].HeldOut.Select(q => q.Text).ToList();
        ISearchPeer[] fast = lucene is null ? [cairn] : [cairn, lucene];
        foreach (var peer in fast)
        {
            foreach (var question in questions.Concat(questions))
                peer.Search(question, 10);
        }
        var times = fast.ToDictionary(p => p.Name, _ => new List<double>());
        for (var round = 0; round < 3; round++)
        {
            foreach (var question in questions)
            {
                foreach (var peer in fast)
                    times[peer.Name].Add(peer.Search(question, 10).Milliseconds);
            }
        }
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        foreach (var question in questions)
            cairn.Search(question, 10);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)questions.Count;
        var step = questions.Count / ftsQuestions;
        foreach (var peer in new[] { fts, porter })
            times[peer.Name] = [.. questions.Where((_, i) => i % step == 0).Select(q => peer.Search(q, 10).Milliseconds)];
        foreach (var (name, all) in times)
            Console.Error.WriteLine(
                FormattableString.Invariant($"{name}: p50 {At(all, .5):0.000} ms, p95 {At(all, .95):0.000} ms ({all.Count} searches)"));
        var bestFts = At(times[fts.Name], .5) < At(times[porter.Name], .5) ? times[fts.Name] : times[porter.Name];
        foreach (var (name, share) in new[] { ("p50", .5), ("p95", .95) })
        {
            Bar.AtLeast($"search.{name}.times-faster-than-fts5", At(bestFts, share) / At(times["cairn"], share), "x", 10);
            if (lucene is not null)
                Bar.AtMost($"search.{name}.of-lucene", At(times["cairn"], share) / At(times["lucene"], share), "x", 1.25);
        }
        Bar.AtMost("search.allocated-per-query", allocated / 1000, "kB", 50);
    }

    private static void CompareQuality(
        QuestionSet set, Corpus corpus, int ftsQuestions, CairnPeer cairn, LucenePeer? lucene, params FtsPeer[] fts)
    {
        var questions = set.HeldOut.ToList();
        var ours = Measure(cairn, questions);
        Console.Error.WriteLine($"{set.Name} ({questions.Count} held-out questions)\n  cairn       {ours}");
        if (lucene is not null)
        {
            var theirs = Measure(lucene, questions);
            Console.Error.WriteLine($"  lucene      {theirs}");
            foreach (var (name, a, b) in MainFigures(set, ours, theirs))
                Bar.AtLeast($"search.{set.Name}.{name}.over-lucene", a, "mean", b - 0.01);
        }
        var sample = questions.Where((_, i) => i % Math.Max(1, questions.Count / ftsQuestions) == 0).Take(ftsQuestions).ToList();
        var oursOnSample = Measure(cairn, sample);
        var ftsQuality = fts.Select(f => Measure(f, sample)).ToList();
        Console.Error.WriteLine($"  on {sample.Count}: cairn {oursOnSample}");
        for (var i = 0; i < fts.Length; i++)
            Console.Error.WriteLine($"  on {sample.Count}: {fts[i].Name} {ftsQuality[i]}");
        var best = ftsQuality.OrderByDescending(q => q.Ndcg10).First();
        foreach (var (name, a, b) in MainFigures(set, oursOnSample, best))
            Bar.AtLeast($"search.{set.Name}.{name}.over-fts5", a, "mean", b);

        Quality Measure(ISearchPeer peer, List<Question> asked)
            => Quality.Of([.. asked.Select(q => (q, corpus.Within(set, peer.Search(q.Text, 10).Passages)))]);
    }

    private static (string Name, double Ours, double Theirs)[] MainFigures(QuestionSet set, Quality ours, Quality theirs)
        => set.Name == "cranfield"
            ? [("ndcg@10", ours.Ndcg10, theirs.Ndcg10)]
            : [("recall@10", ours.Recall10, theirs.Recall10), ("mrr@10", ours.Mrr10, theirs.Mrr10),
                ("ndcg@10", ours.Ndcg10, theirs.Ndcg10)];

    private static double At(List<double> times, double share)
        => times.Order().ElementAt(Math.Min(times.Count - 1, (int)(times.Count * share)));
}
