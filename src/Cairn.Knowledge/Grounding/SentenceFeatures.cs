using System.Collections.Immutable;
using System.Numerics;

namespace Cairn.Knowledge;

/// <summary>
/// What the ranker knows of a unit. A coverage is a share of the question's inverse document frequency, a count a share of its content
/// terms; "near" also takes words with the same beginning or a related meaning, "alike" counts these to their degree. Nothing depends on
/// the scores of the retriever, only on its order, so that another retriever leaves the weights valid.
/// </summary>
internal static class SentenceFeatures
{
    /// <summary>In the order of <see cref="Write"/>.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        // The unit's own words.
        "coverage", "near count", "rarest term", "names", "subject matter", "only names", "asked noun", "adjacent pairs",
        "brief coverage", "brief near count", "length", "short", "new words", "new share", "symbols",
        // The unit among its neighbours.
        "refers", "first", "with previous", "two before", "next", "carried", "pronoun and previous",
        "gap in passage", "better in passage", "local coverage", "local near count",
        // Its passage among the others.
        "passage coverage", "passage near count", "passage share", "rank",
        // What kind of answer it holds.
        "fits", "fits not", "fits and carried", "fits near", "reason", "definition", "names for asked noun",
        // Words alike count to their degree.
        "alike", "brief alike", "alike with previous", "alike carried", "alike in passage", "alike in document", "alike passage share",
        "alike gap",
        "local alike", "alike with next", "alike in headings",
    ];

    public static int Count => Names.Length;

    /// <param name="best">The highest <see cref="EvidencePassage.Score"/> of the evidence.</param>
    /// <param name="bestHeld">The highest <see cref="EvidencePassage.HeldScore"/>.</param>
    public static void Write(Question question, EvidencePassage passage, int at, double best, double bestHeld, Span<double> into)
    {
        var f = new FeatureWriter(into);
        var unit = passage.Units[at];
        var previous = at > 0 ? passage.Units[at - 1] : null;
        var carried = Carried(question, passage, unit, previous?.Asked ?? 0);
        WriteOwn(question, passage, unit, ref f);
        WriteNeighbours(question, passage, at, carried, ref f);
        f.Add(question.Coverage(passage.Asked));
        f.Add(question.Share(passage.NearlyAsked));
        f.Add(best > 0 ? passage.Score / best : 0);
        f.Add(1.0 / (1 + passage.Rank));
        var fit = Fit.Of(question, unit);
        f.Add(fit.Fits);
        f.Add(fit.FitsNot);
        f.Add(fit.Fits * carried);
        f.Add(fit.Nearness);
        f.Add(fit.GivesReason);
        f.Add(fit.Defines);
        f.Add(question.Focus >= 0 && question.Type == AnswerType.Other ? Math.Min(5, unit.NewNames) / 5.0 : 0);
        WriteAlike(question, passage, at, bestHeld, ref f);
    }

    private static void WriteOwn(Question question, EvidencePassage passage, EvidenceUnit unit, ref FeatureWriter f)
    {
        var coverage = question.Coverage(unit.Asked);
        var brevity = 2.2 / (1 + (1.2 * (0.25 + (0.75 * unit.Words.Length / 25))));
        f.Add(coverage);
        f.Add(question.Share(unit.NearlyAsked));
        f.Add(question.RarestOf(unit.Asked) / question.Rarest);
        f.Add(question.Names == 0 ? 0.5 : question.Weight(unit.Asked & question.Names) / question.Weight(question.Names));
        f.Add(question.Matter == 0 ? 0.5 : question.Weight(unit.NearlyAsked & question.Matter) / question.Weight(question.Matter));
        f.Add((unit.NearlyAsked & ~question.Names) == 0);
        f.Add(question.Focus < 0 ? 0.3 : unit.NearlyAsked >> question.Focus & 1);
        f.Add(TermPairs.Adjacent(question, unit));
        f.Add(coverage * brevity);
        f.Add(question.Share(unit.NearlyAsked) * brevity);
        f.Add(Math.Log(1 + unit.Words.Length) / 4);
        f.Add(unit.Words.Length < 5);
        f.Add(Math.Min(unit.NewWords, 15) / 15.0);
        f.Add((double)unit.NewWords / unit.Words.Length);
        f.Add(unit.Symbols);
    }

    private static void WriteAlike(Question question, EvidencePassage passage, int at, double best, ref FeatureWriter f)
    {
        var unit = passage.Units[at];
        var alike = question.Coverage(unit.Held);
        var brevity = 2.2 / (1 + (1.2 * (0.25 + (0.75 * unit.Words.Length / 25))));
        f.Add(alike);
        f.Add(alike * brevity);
        var (previous, next, carried, local) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < question.Terms.Length; i++)
        {
            var (weight, own) = (question.Terms[i].Weight, unit.Held[i]);
            var before = at > 0 ? passage.Units[at - 1].Held[i] : 0;
            previous += weight * Math.Max(own, before);
            next += weight * Math.Max(own, at + 1 < passage.Units.Length ? passage.Units[at + 1].Held[i] : 0);
            carried += weight
                * Math.Max(Math.Max(own, before * (unit.Refers ? 0.7 : 0.35)),
                    Math.Max(0.6 * passage.ContextHeld[i], Math.Max(0.25 * passage.Held[i], 0.15 * passage.DocumentHeld[i])));
            local += own == 0 ? 0 : weight * own / passage.UnitsHeld[i];
        }
        f.Add(previous / question.Total);
        f.Add(carried / question.Total);
        f.Add(question.Coverage(passage.Held));
        f.Add(question.Coverage(passage.DocumentHeld));
        f.Add(best > 0 ? passage.HeldScore / best : 0);
        f.Add(passage.BestHeld - alike);
        f.Add(local / question.Total);
        f.Add(next / question.Total);
        f.Add(question.Coverage(passage.ContextHeld));
    }

    private static void WriteNeighbours(Question question, EvidencePassage passage, int at, double carried, ref FeatureWriter f)
    {
        var unit = passage.Units[at];
        var previous = at > 0 ? passage.Units[at - 1] : null;
        var coverage = question.Coverage(unit.Asked);
        f.Add(unit.Refers);
        f.Add(at == 0);
        f.Add(question.Coverage(unit.Asked | (previous?.Asked ?? 0)));
        f.Add(at > 1 ? question.Coverage(passage.Units[at - 2].Asked & ~unit.Asked) : 0);
        f.Add(at + 1 < passage.Units.Length ? question.Coverage(passage.Units[at + 1].Asked) : 0);
        f.Add(carried);
        f.Add(unit.HoldsPronoun && previous is not null ? question.Coverage(previous.NearlyAsked & ~unit.Asked) : 0);
        f.Add(passage.BestCoverage - coverage);
        f.Add(passage.Units.Count(u => question.Coverage(u.Asked) > coverage) / 5.0);
        f.Add(Local(question, passage, unit.Asked, near: false));
        f.Add(Local(question, passage, unit.NearlyAsked, near: true));
    }

    /// <summary>
    /// Coverage in which terms count in part that are given by what stands around: the headings, the unit before, the rest of the passage.
    /// </summary>
    private static double Carried(Question question, EvidencePassage passage, EvidenceUnit unit, ulong previous)
    {
        var before = previous & ~unit.Asked;
        var headings = passage.Context & ~unit.Asked & ~before;
        var elsewhere = passage.Asked & ~passage.Context & ~unit.Asked & ~before;
        return question.Coverage(unit.Asked) + ((unit.Refers ? 0.7 : 0.35) * question.Coverage(before))
            + (0.6 * question.Coverage(headings)) + (0.25 * question.Coverage(elsewhere));
    }

    /// <summary>A term counts the less the more units of the passage hold it: the topic is everywhere, the answer is not.</summary>
    private static double Local(Question question, EvidencePassage passage, ulong asked, bool near)
    {
        var sum = 0.0;
        for (var mask = asked; mask != 0; mask &= mask - 1)
        {
            var term = BitOperations.TrailingZeroCount(mask);
            sum += near ? 1.0 / passage.UnitsNearly[term] : question.Terms[term].Weight / passage.UnitsWith[term];
        }
        return sum / (near ? question.Terms.Length : question.Total);
    }
}
