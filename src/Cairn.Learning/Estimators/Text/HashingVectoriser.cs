namespace Cairn.Learning;

/// <summary>
/// Texts as counts of their n-grams in columns chosen by a hash (FNV-1a, 64 bits), without a vocabulary: nothing is learned, memory does
/// not grow, and
/// n-grams never seen before count too. A further bit of the hash gives the sign, so that collisions cancel out on average (Weinberger et
/// al., 2009).
/// Rows have the length 1.
/// </summary>
/// <param name="columns">How many columns; a power of 2.</param>
public sealed class HashingVectoriser(NgramOptions? ngrams = null, int columns = 1 << 18) : ITextVectoriser, SparseRows.IColumns, IStorable
{
    private NgramOptions ngrams = ngrams ?? new NgramOptions();
    private int columns = columns >= 2 && int.IsPow2(columns)
        ? columns
        : throw new ArgumentOutOfRangeException(nameof(columns), columns, "The number of columns is a power of 2.");

    /// <summary>Does nothing: a hash needs no learning.</summary>
    public void Fit(IReadOnlyList<string> texts)
    {
    }

    public SparseMatrix Transform(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ngrams.Validate();
        return SparseRows.Of(texts, columns, ngrams, () => this, static (_, values) =>
        {
            var norm = System.Numerics.Tensors.TensorPrimitives.Norm<double>(values);
            if (norm > 0)
                System.Numerics.Tensors.TensorPrimitives.Divide(values, norm, values);
        });
    }

    bool SparseRows.IColumns.TryFind(ReadOnlySpan<char> ngram, out int column, out double sign)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in ngram)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        hash ^= hash >> 32;
        column = (int)(hash & (uint)(columns - 1));
        sign = (hash >> 63) == 0 ? 1 : -1;
        return true;
    }

    void IStorable.Exchange(ModelState state)
    {
        state.Options("ngrams", ref ngrams, ModelJson.Default.NgramOptions);
        state.Value("columns", ref columns);
        state.Require(columns >= 2 && int.IsPow2(columns), "the number of columns is no power of 2");
        ngrams.Validate();
    }
}
