namespace Cairn.Learning;

/// <summary>
/// Texts as weighted counts of their n-grams. Columns are in ordinal order of the n-grams; an n-gram that was not there in training is
/// left out.
/// </summary>
public sealed class TfidfVectoriser(TfidfOptions? options = null) : ITextVectoriser, IStorable
{
    private TfidfOptions options = options ?? new TfidfOptions();
    private Dictionary<string, int>? columns;
    private double[] weights = [];

    /// <summary>The n-grams in order of their columns.</summary>
    public IReadOnlyList<string> Vocabulary { get; private set; } = [];

    /// <exception cref="BadInputException">No n-gram is left to learn from.</exception>
    public void Fit(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options.Ngrams.Validate();
        var counter = new Counter(new Dictionary<string, Counts>(StringComparer.Ordinal));
        var reader = new NgramReader(options.Ngrams);
        for (counter.Text = 0; counter.Text < texts.Count; counter.Text++)
            reader.Read(texts[counter.Text], ref counter);
        var kept = counter.Seen.Where(p => p.Value.Texts >= options.MinTexts);
        if (options.MaxFeatures is { } most)
            kept = kept.OrderByDescending(p => p.Value.Total).ThenBy(p => p.Key, StringComparer.Ordinal).Take(most);
        var vocabulary = kept.ToArray();
        if (vocabulary.Length == 0)
            throw new BadInputException($"TfidfVectoriser: {texts.Count} texts have no n-gram that occurs in {options.MinTexts} of them.");
        Array.Sort(vocabulary, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        columns = new Dictionary<string, int>(vocabulary.Length, StringComparer.Ordinal);
        weights = new double[vocabulary.Length];
        for (var i = 0; i < vocabulary.Length; i++)
        {
            columns[vocabulary[i].Key] = i;
            weights[i] = options.InverseDocumentFrequency ? Math.Log((1.0 + texts.Count) / (1.0 + vocabulary[i].Value.Texts)) + 1 : 1;
        }
        Vocabulary = Array.ConvertAll(vocabulary, v => v.Key);
    }

    public SparseMatrix Transform(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (columns is null)
            throw new InvalidOperationException("TfidfVectoriser has not learned yet; call Fit first.");
        return SparseRows.Of(texts, weights.Length, options.Ngrams, () => new Finder(columns), Weigh);
    }

    private void Weigh(ReadOnlySpan<int> indices, Span<double> values)
    {
        var square = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var count = options.Sublinear ? 1 + Math.Log(values[i]) : values[i];
            values[i] = count * weights[indices[i]];
            square += values[i] * values[i];
        }
        if (!options.Normalise || square == 0)
            return;
        var scale = 1 / Math.Sqrt(square);
        foreach (ref var value in values)
            value *= scale;
    }

    private sealed class Counts
    {
        public int Texts { get; set; }

        public int Total { get; set; }

        public int Last { get; set; } = -1;
    }

    private struct Counter(Dictionary<string, Counts> seen) : INgramVisitor
    {
        private readonly Dictionary<string, Counts>.AlternateLookup<ReadOnlySpan<char>> lookup =
            seen.GetAlternateLookup<ReadOnlySpan<char>>();

        public readonly Dictionary<string, Counts> Seen => seen;

        public int Text { get; set; }

        public readonly void Visit(ReadOnlySpan<char> ngram)
        {
            if (!lookup.TryGetValue(ngram, out var counts))
                lookup[ngram] = counts = new Counts();
            counts.Total++;
            if (counts.Last == Text)
                return;
            counts.Last = Text;
            counts.Texts++;
        }
    }

    private sealed class Finder(Dictionary<string, int> columns) : SparseRows.IColumns
    {
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup =
            columns.GetAlternateLookup<ReadOnlySpan<char>>();

        public bool TryFind(ReadOnlySpan<char> ngram, out int column, out double sign)
        {
            sign = 1;
            return lookup.TryGetValue(ngram, out column);
        }
    }

    void IStorable.Exchange(ModelState state)
    {
        var vocabulary = Vocabulary.ToArray();
        state.Options("options", ref options, ModelJson.Default.TfidfOptions);
        state.Texts("vocabulary", ref vocabulary);
        state.Numbers("weights", ref weights);
        state.Require(vocabulary.Length > 0 && weights.Length == vocabulary.Length
            && vocabulary.Distinct(StringComparer.Ordinal).Count() == vocabulary.Length,
            "the n-grams are not one per weight, each once");
        options.Ngrams.Validate();
        Vocabulary = vocabulary;
        columns = new Dictionary<string, int>(vocabulary.Length, StringComparer.Ordinal);
        for (var i = 0; i < vocabulary.Length; i++)
            columns[vocabulary[i]] = i;
    }
}
