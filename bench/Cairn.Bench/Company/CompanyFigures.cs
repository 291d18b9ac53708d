using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>How a model answers the company's questions, and where those are lost that it gets wrong.</summary>
internal sealed record CompanyFigures(IReadOnlyList<CompanyOutcome> Outcomes)
{
    public static CompanyFigures Of(IEnumerable<(PosedCompanyQuestion Question, GroundingModel Model)> asked)
        => new([.. asked.Select(a => CompanyOutcome.Of(a.Question, a.Model))]);

    public override string ToString()
    {
        var (answerable, others) = (Outcomes.Where(o => o.Question.IsAnswerable).ToList(),
            Outcomes.Where(o => !o.Question.IsAnswerable).ToList());
        var lost = answerable.GroupBy(o => o.Lost).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}");
        var missing = MissingFigures.Of([.. answerable.Select(o => o.Confidence)], [.. others.Select(o => o.Confidence)], 0);
        return FormattableString.Invariant(
            $"""
            of {answerable.Count} answerable: passage first {answerable.Count(o => o.Rank == 0)}, in ten {answerable.Count(o => o.Rank is >= 0 and < 10)}; cited first {answerable.Count(o => o.First)}, among three {answerable.Count(o => o.Three)}
              answered {answerable.Count(o => !o.Missing)} of them ({answerable.Count(o => o is { Missing: false, First: true })} with the right first citation); rightly missing {others.Count(o => o.Missing)} of {others.Count}; missing auc {missing.Auc:0.000}
              {string.Join("; ", lost)}
              of those for two documents, {answerable.Count(o => o.Question.Kind == "two")}: first {answerable.Count(o => o.Question.Kind == "two" && o.First)}
            """);
    }
}
