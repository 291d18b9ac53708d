namespace Cairn.Learning;

/// <summary>Makes a sparse row of each text's n-grams, over the cores.</summary>
internal static class SparseRows
{
    /// <summary>Where an n-gram is counted, and with which sign.</summary>
    public interface IColumns
    {
        bool TryFind(ReadOnlySpan<char> ngram, out int column, out double sign);
    }

    public delegate void Weigh(ReadOnlySpan<int> indices, Span<double> values);

    public static SparseMatrix Of(IReadOnlyList<string> texts, int width, NgramOptions ngrams, Func<IColumns> columns, Weigh weigh)
    {
        var rows = new (int[] Indices, double[] Values)[texts.Count];
        Cores.Split(texts.Count, texts.Count > 200, (from, to) =>
        {
            var reader = new NgramReader(ngrams);
            var collector = new Collector(columns(), []);
            for (var text = from; text < to; text++)
            {
                collector.Counts.Clear();
                reader.Read(texts[text], ref collector);
                var indices = new int[collector.Counts.Count];
                var values = new double[indices.Length];
                collector.Counts.Keys.CopyTo(indices, 0);
                collector.Counts.Values.CopyTo(values, 0);
                Array.Sort(indices, values);
                weigh(indices, values);
                rows[text] = (indices, values);
            }
        });
        var starts = new int[texts.Count + 1];
        for (var i = 0; i < rows.Length; i++)
            starts[i + 1] = checked(starts[i] + rows[i].Indices.Length);
        return new SparseMatrix(width, starts, [.. rows.SelectMany(r => r.Indices)], [.. rows.SelectMany(r => r.Values)]);
    }

    private readonly struct Collector(IColumns columns, Dictionary<int, double> counts) : INgramVisitor
    {
        public Dictionary<int, double> Counts => counts;

        public void Visit(ReadOnlySpan<char> ngram)
        {
            if (!columns.TryFind(ngram, out var column, out var sign))
                return;
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, column, out _) += sign;
        }
    }
}
