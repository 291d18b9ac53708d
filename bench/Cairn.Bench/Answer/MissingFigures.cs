namespace Cairn.Bench;

/// <summary>
/// How well a confidence parts answerable from unanswerable questions; precision and recall are of "missing" at a threshold.
/// </summary>
internal sealed record MissingFigures(double Auc, double Precision, double Recall, double GivenUp)
{
    public static MissingFigures Of(IReadOnlyList<double> answerable, IReadOnlyList<double> unanswerable, double threshold)
    {
        var ordered = answerable.Select(c => (c, Answerable: true)).Concat(unanswerable.Select(c => (c, Answerable: false)))
            .OrderBy(x => x.c).ToList();
        var (below, pairs) = (0.0, 0.0);
        foreach (var group in ordered.GroupBy(x => x.c))
        {
            var (here, others) = (group.Count(x => x.Answerable), group.Count(x => !x.Answerable));
            pairs += here * (below + (0.5 * others));
            below += others;
        }
        var (wrongly, rightly) = (answerable.Count(c => c < threshold), unanswerable.Count(c => c < threshold));
        return new MissingFigures(
            pairs / ((double)answerable.Count * unanswerable.Count),
            rightly / (double)Math.Max(1, rightly + wrongly),
            rightly / (double)unanswerable.Count,
            wrongly / (double)answerable.Count);
    }
}
