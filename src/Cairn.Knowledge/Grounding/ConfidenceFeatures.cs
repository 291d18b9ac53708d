using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>What tells an answered question from one that the evidence does not answer.</summary>
internal static class ConfidenceFeatures
{
    public static readonly ImmutableArray<string> Names =
    [
        "score", "margin", "probability", "coverage", "near count", "adjacent pairs", "with previous", "carried",
        "passage coverage", "best passage coverage", "any coverage", "missing from passage", "names in passage", "absent",
        "passage score", "passage lead", "fits", "agreement",
    ];

    public static int Count => Names.Length;

    public static void Write(RankedEvidence ranked, Span<double> into)
    {
        var question = ranked.Evidence.Question;
        var passages = ranked.Evidence.Passages;
        var best = ranked.Best[0];
        var (passage, unit) = (best.Candidate.Passage, best.Candidate.Unit);
        var row = ranked.Evidence.FeaturesOf(best.Index);
        var scores = passages.Select(p => p.Score).OrderDescending().ToList();
        var f = new FeatureWriter(into);
        f.Add(best.Score);
        f.Add(ranked.Best.Length > 1 ? best.Score - ranked.Best[1].Score : 0);
        f.Add(best.Probability);
        f.Add(question.Coverage(unit.Asked));
        f.Add(question.Share(unit.NearlyAsked));
        f.Add(Of("adjacent pairs", row));
        f.Add(Of("with previous", row));
        f.Add(Of("carried", row));
        f.Add(question.Coverage(passage.Asked));
        f.Add(passages.Max(p => question.Coverage(p.Asked)));
        f.Add(question.Coverage(passages.Aggregate(0UL, (mask, p) => mask | p.Asked)));
        f.Add(question.RarestOf(~passage.NearlyAsked & question.All) / question.Rarest);
        f.Add(question.Names == 0 ? 0.5 : question.Weight(passage.Asked & question.Names) / question.Weight(question.Names));
        f.Add(question.Coverage(question.Absent));
        f.Add(scores[0]);
        f.Add(scores.Count > 1 ? scores[0] - scores[1] : scores[0]);
        f.Add(Of("fits", row));
        f.Add(ranked.Best.Take(3).Count(c => c.Candidate.Passage == passage) / 3.0);
    }

    private static double Of(string feature, ReadOnlySpan<double> row) => row[SentenceFeatures.Names.IndexOf(feature)];
}
