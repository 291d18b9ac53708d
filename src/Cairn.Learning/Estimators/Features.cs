namespace Cairn.Learning;

/// <summary>
/// What an estimator learns from: a row per example, a column per feature, dense or sparse, with or without column names.
/// A matrix becomes one by itself: <c>model.Fit(matrix, labels)</c>.
/// </summary>
public sealed class Features
{
    private readonly NdArray<double>? dense;
    private readonly SparseMatrix? sparse;

    /// <param name="values">A matrix, rows by columns; not copied where its rows lie one after the other.</param>
    /// <param name="names">A name per column, each once.</param>
    /// <exception cref="ShapeException">Not a matrix, or another number of names than columns.</exception>
    /// <exception cref="BadInputException">Two columns have the same name.</exception>
    public Features(NdArray<double> values, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Rank != 2)
            throw new ShapeException("features",
                $"they are a matrix (rows, columns), this has shape {values.Shape}; one column has shape (n, 1)");
        dense = values.ToContiguous();
        Rows = values.Shape[0];
        Columns = values.Shape[1];
        Names = Checked(names);
    }

    /// <inheritdoc cref="Features(NdArray{double}, IReadOnlyList{string})"/>
    public Features(SparseMatrix values, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        sparse = values;
        Rows = values.Rows;
        Columns = values.Columns;
        Names = Checked(names);
    }

    public int Rows { get; }

    public int Columns { get; }

    public IReadOnlyList<string>? Names { get; }

    public bool IsSparse => sparse is not null;

    /// <summary>The rows as a matrix, made dense where they are sparse.</summary>
    public NdArray<double> Dense => dense ?? sparse!.ToDense();

    /// <summary>The rows as a sparse matrix; made of the numbers other than 0 where they are dense.</summary>
    public SparseMatrix Sparse => sparse ?? SparseMatrix.FromDense(dense!);

    /// <summary>A column's name, or <c>x3</c> where columns have none.</summary>
    public string NameOf(int column) => Names?[column] ?? $"x{column}";

    /// <summary>The chosen rows, in the given order.</summary>
    public Features Take(ReadOnlySpan<int> rows)
    {
        if (sparse is not null)
            return new Features(sparse.Take(rows), Names);
        var taken = NdArray.Zeros<double>(rows.Length, Columns);
        for (var i = 0; i < rows.Length; i++)
            dense!.Row(rows[i]).CopyTo(taken.Row(i));
        return new Features(taken, Names);
    }

    public static implicit operator Features(NdArray<double> values) => new(values);

    public static implicit operator Features(SparseMatrix values) => new(values);

    /// <summary>Refuses infinite values, and missing ones (NaN) unless they are allowed, by column and row.</summary>
    internal void RequireNumbers(string operation, bool allowMissing)
    {
        var values = sparse is not null ? sparse.Values : dense!.Span;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (double.IsFinite(value) || (allowMissing && double.IsNaN(value)))
                continue;
            var row = sparse?.RowOf(i) ?? (i / Columns);
            throw BadInputException.NotFinite(operation, NameOf(sparse?.ColumnOf(i) ?? (i % Columns)), row, value);
        }
    }

    private IReadOnlyList<string>? Checked(IReadOnlyList<string>? names)
    {
        if (names is null)
            return null;
        if (names.Count != Columns)
            throw new ShapeException("features", $"{names.Count} names were given for {Columns} columns");
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (!seen.TryAdd(names[i], i))
                throw new BadInputException($"Columns {seen[names[i]]} and {i} are both named '{names[i]}'; rename one.") { Column = names[
                    i] };
        }
        return names;
    }
}
