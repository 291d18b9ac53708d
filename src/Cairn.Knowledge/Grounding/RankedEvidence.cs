using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>The candidates of the evidence, best first.</summary>
internal sealed class RankedEvidence
{
    // In log odds: what a superseded document says is worth citing only when nothing current comes near.
    private const double SupersededPenalty = 3;

    private RankedEvidence(ReadEvidence evidence, ImmutableArray<RankedCandidate> best) => (Evidence, Best) = (evidence, best);

    public ReadEvidence Evidence { get; }

    public ImmutableArray<RankedCandidate> Best { get; }

    public static RankedEvidence Rank(ReadEvidence evidence, LinearModel ranking)
    {
        var scores = new double[evidence.Candidates.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = ranking.Score(evidence.FeaturesOf(i));
        Succeed(evidence, scores);
        for (var i = 0; i < scores.Length; i++)
            scores[i] -= evidence.Candidates[i].Passage.Passage.Superseded ? SupersededPenalty : 0;
        var highest = scores.Length == 0 ? 0 : scores.Max();
        var total = scores.Sum(s => Math.Exp(s - highest));
        return new RankedEvidence(
            evidence,
            [
                .. Enumerable.Range(0, scores.Length)
                    .OrderByDescending(i => scores[i])
                    .Select(i => new RankedCandidate(evidence.Candidates[i], i, scores[i], Math.Exp(scores[i] - highest) / total)),
            ]);
    }

    /// <summary>When a superseded document says it best, its successor's words take the place, wherever they ranked.</summary>
    private static void Succeed(ReadEvidence evidence, double[] scores)
    {
        if (scores.Length == 0)
            return;
        var best = Array.IndexOf(scores, scores.Max());
        if (!evidence.Candidates[best].Passage.Passage.Superseded)
            return;
        var successor = Successor.Of(evidence.Candidates[best].Unit, evidence.Candidates);
        if (successor >= 0)
            (scores[best], scores[successor]) = (scores[successor], scores[best]);
    }
}
