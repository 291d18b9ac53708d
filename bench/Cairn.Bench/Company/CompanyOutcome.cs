using Cairn.Knowledge;

namespace Cairn.Bench;

/// <param name="Rank">Of the first passage with evidence; -1 when none was found.</param>
/// <param name="First">The first citation holds evidence, leaving aside whether the answer would be given.</param>
/// <param name="Lost">Where the question is lost, in words.</param>
internal sealed record CompanyOutcome(
    CompanyQuestion Question, int Rank, bool First, bool Three, bool Missing, double Confidence, string Lost)
{
    public static CompanyOutcome Of(PosedCompanyQuestion posed, GroundingModel model)
    {
        var evidence = posed.Training.Evidence;
        if (evidence.Candidates.IsEmpty)
            return new CompanyOutcome(posed.Question, posed.Rank, false, false, true, 0, "nothing found");
        var ranked = RankedEvidence.Rank(evidence, model.Ranking);
        var chosen = AnswerSelection.Select(ranked);
        var first = posed.Training.Gold.Contains(chosen[0].Index);
        var three = chosen.Any(c => posed.Training.Gold.Contains(c.Index));
        var confidence = ConfidenceTrainer.Confidence(evidence, model);
        return new CompanyOutcome(posed.Question, posed.Rank, first, three, confidence < model.OperatingPoint, confidence,
            LostBy(posed, chosen[0].Candidate, first, three));
    }

    private static string LostBy(PosedCompanyQuestion posed, Candidate chosen, bool first, bool three)
        => first ? "right"
            : posed.Rank is < 0 or >= 50 ? "passage not among 50"
            : posed.Training.Gold.Count == 0 ? "passage among 50, not read"
            : chosen.Passage.Passage.Superseded ? "superseded paper"
            : three ? "second or third"
            : posed.Question.Evidence.Any(e => e.Path == chosen.Passage.Passage.Path) ? "right paper, wrong sentence"
            : "wrong paper, the right one read";
}
