namespace Cairn.Knowledge.Tests;

/// <summary>
/// What became of one question: whether its evidence was retrieved, cited first, cited at all, and whether the answer was called missing.
/// </summary>
internal sealed record HarbourOutcome(
    HarbourQuestion Question, bool Retrieved, bool First, bool OneOfThree, bool Missing, double Confidence)
{
    public bool IsAnswerable => Question.Expect == "answered";

    /// <param name="willing">The answer of an engine that never says missing.</param>
    /// <param name="served">The answer as it would be served.</param>
    public static HarbourOutcome Of(
        HarbourQuestion question, Retrieval evidence, EngineResult willing, EngineResult served, Dictionary<string, string> texts)
    {
        var spans = question.Evidence.Select(e => (e.Path, Span: new PlainWords(texts[e.Path]).Find(e.Quote)!.Value)).ToList();
        bool Holds(string path, int start, int end) => spans.Any(s => s.Path == path && start < s.Span.End && s.Span.Start < end);
        return new HarbourOutcome(
            question,
            evidence.Passages.Any(p => Holds(p.Passage.Path, p.Passage.Start, p.Passage.End)),
            willing.Citations.Length > 0 && Holds(willing.Citations[0].Path, willing.Citations[0].Start, willing.Citations[0].End),
            willing.Citations.Any(c => Holds(c.Path, c.Start, c.End)),
            served.Status == AnswerStatus.Missing,
            served.Confidence);
    }

    public static string Summary(string name, IReadOnlyList<HarbourOutcome> half)
    {
        var (answerable, others) = (half.Where(o => o.IsAnswerable).ToList(), half.Where(o => !o.IsAnswerable).ToList());
        return FormattableString.Invariant(
            $"{name}: of {answerable.Count} answerable {answerable.Count(o => o.Retrieved)} retrieved, {answerable.Count(o => o.First)} cited first, {answerable.Count(o => o.OneOfThree)} among three; served {answerable.Count(o => !o.Missing)}, of which first right {answerable.Count(o => o.First && !o.Missing)}; rightly missing {others.Count(o => o.Missing)} of {others.Count}");
    }

    public override string ToString()
        => FormattableString.Invariant(
            $"{Question.Id} {(Missing ? "missing" : "answered")} {(First ? "first" : OneOfThree ? "three" : Retrieved ? "retrieved" : "-")} {Confidence:0.000}");
}
