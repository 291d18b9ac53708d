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
        "alike", "alike carried", "alike in passage", "alike in document", "alike in any", "lacking in passage", "lacking in document",
        "lacking in any", "names alike",
    ];

    /// <summary>Those that speak against an answer; all others speak for one.</summary>
    public static readonly ImmutableArray<string> Against =
    [
        "missing from passage", "absent", "lacking in passage", "lacking in document", "lacking in any",
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
        f.Add(Of("alike", row));
        f.Add(Of("alike carried", row));
        f.Add(Of("alike in passage", row));
        f.Add(Of("alike in document", row));
        f.Add(passages.Max(p => question.Coverage(p.Held)));
        f.Add(MostLacking(question, passage.Held));
        f.Add(MostLacking(question, passage.DocumentHeld));
        f.Add(passages.Min(p => MostLacking(question, p.Held)));
        f.Add(question.Names == 0
            ? 0.5
            : Enumerable.Range(0, question.Terms.Length).Where(i => (question.Names >> i & 1) != 0).Min(i => passage.DocumentHeld[i]));
    }

    /// <summary>
    /// The weight of the term that is lacking most, as a share of the rarest term's: one word that nothing stands for may be what was asked
    /// about.
    /// </summary>
    private static double MostLacking(Question question, double[] held)
        => question.Terms.Select((t, i) => t.Weight * (1 - held[i])).DefaultIfEmpty(0).Max() / question.Rarest;

    private static double Of(string feature, ReadOnlySpan<double> row) => row[SentenceFeatures.Names.IndexOf(feature)];
}
