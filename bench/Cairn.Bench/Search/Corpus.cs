namespace Cairn.Bench;

/// <summary>All sets' passages among distractors, and where each set begins.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<QuestionSet, int> _starts = [];

    public Corpus(IReadOnlyList<string> distractors, params QuestionSet[] sets)
    {
        Sets = sets;
        Passages = [.. distractors];
        foreach (var set in sets)
        {
            _starts[set] = Passages.Count;
            Passages.AddRange(set.Passages);
        }
    }

    public IReadOnlyList<QuestionSet> Sets { get; }

    public List<string> Passages { get; }

    /// <summary>Places in all passages as places in a set; -1 for those of another one.</summary>
    public IReadOnlyList<int> Within(QuestionSet set, IReadOnlyList<int> found)
        => [.. found.Select(p => p - _starts[set]).Select(p => p >= 0 && p < set.Passages.Count ? p : -1)];
}
