namespace Cairn.Bench;

/// <summary>Passages, and questions with the places (in <see cref="Passages"/>) of the passages that answer them.</summary>
internal sealed record QuestionSet(string Name, IReadOnlyList<string> Passages, IReadOnlyList<Question> Questions)
{
    /// <summary>Every other question is for tuning; figures are reported on the rest.</summary>
    public IEnumerable<Question> HeldOut => Questions.Where((_, i) => i % 2 == 1);

    public IEnumerable<Question> ForTuning => Questions.Where((_, i) => i % 2 == 0);
}
