using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>The candidates of the evidence, best first.</summary>
internal sealed class RankedEvidence
{
    // What a superseded document says is only worth citing when nothing else says anything alike (in units of log odds).
    private const double SupersededPenalty = 1.5;

    private RankedEvidence(ReadEvidence evidence, ImmutableArray<RankedCandidate> best) => (Evidence, Best) = (evidence, best);

    public ReadEvidence Evidence { get; }

    public ImmutableArray<RankedCandidate> Best { get; }

    public static RankedEvidence Rank(ReadEvidence evidence, LinearModel ranking)
    {
        var scores = new double[evidence.Candidates.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = ranking.Score(evidence.FeaturesOf(i)) - (evidence.Candidates[i].Passage.Passage.Superseded ? SupersededPenalty : 0);
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
}
