using System.Collections.Immutable;

namespace Cairn.Learning;

/// <summary>
/// Named columns of equal length. A frame never changes: each operation gives a new one, which shares the columns that stay the same.
/// </summary>
public sealed partial class Frame
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <exception cref="BadInputException">A name comes twice, or lengths differ.</exception>
    public Frame(params ReadOnlySpan<(string Name, Column Column)> columns)
    {
        foreach (var (name, column) in columns)
        {
            if (!_positions.TryAdd(name, _positions.Count))
                throw new BadInputException($"frame: two columns are named '{name}'; rename one.") { Column = name };
            if (column.Length != columns[0].Column.Length)
                throw new BadInputException(
                    $"frame: column '{name}' has {column.Length} rows and '{columns[0].Name}' {columns[0].Column.Length}.") { Column =
                        name };
        }
        Names = [.. columns.ToArray().Select(c => c.Name)];
        Columns = [.. columns.ToArray().Select(c => c.Column)];
    }

    public ImmutableArray<string> Names { get; }

    public ImmutableArray<Column> Columns { get; }

    public int RowCount => Columns.IsEmpty ? 0 : Columns[0].Length;

    /// <exception cref="BadInputException">No such column; the message names the nearest.</exception>
    public Column this[string name] => _positions.TryGetValue(name, out var position) ? Columns[position] : throw Missing(name);

    /// <summary>One value; null when it is missing.</summary>
    public object? this[string name, int row] => this[name][row];

    public bool Has(string name) => _positions.ContainsKey(name);

    /// <summary>The column as floating-point numbers, missing ones as NaN; whole numbers and truths are converted.</summary>
    /// <exception cref="BadInputException">Text or dates.</exception>
    public ReadOnlySpan<double> Numbers(string name) => NumericOf(name).Values;

    /// <exception cref="BadInputException">The column is not of this type.</exception>
    public T Get<T>(string name)
        where T : Column
        => this[name] as T
            ?? throw new BadInputException($"frame: column '{name}' is {this[name].Kind}; {typeof(T).Name} was asked for.") { Column =
                name };

    public Frame Select(params ReadOnlySpan<string> names)
    {
        var chosen = new (string, Column)[names.Length];
        for (var i = 0; i < names.Length; i++)
            chosen[i] = (names[i], this[names[i]]);
        return new(chosen);
    }

    public Frame Drop(params string[] names)
    {
        foreach (var name in names)
            _ = this[name];
        return new([.. Pairs().Where(p => !names.Contains(p.Name))]);
    }

    public Frame Rename(string name, string newName)
    {
        _ = this[name];
        return new([.. Pairs().Select(p => p.Name == name ? (newName, p.Column) : p)]);
    }

    /// <summary>With the column added at the end, or put in the place of the one of this name.</summary>
    public Frame With(string name, Column column)
        => Has(name) ? new([.. Pairs().Select(p => p.Name == name ? (name, column) : p)]) : new([.. Pairs(), (name, column)]);

    /// <summary>With a number made from each row.</summary>
    public Frame With(string name, Func<Row, double> value)
    {
        var values = new double[RowCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(new Row(this, i));
        return With(name, values);
    }

    public Frame Head(int rows = 5) => Rows(0, Math.Min(rows, RowCount));

    public Frame Tail(int rows = 5) => Rows(Math.Max(0, RowCount - rows), Math.Min(rows, RowCount));

    /// <summary>Rows by position, without a copy.</summary>
    public Frame Rows(int start, int count) => Each(c => c.Slice(start, count));

    /// <summary>Rows at these positions, in this order; -1 is a row of missing values.</summary>
    public Frame Take(ReadOnlyMemory<int> rows)
    {
        var columns = new Column[Columns.Length];
        LearningThreads.For(rows.Length < 1 << 14 ? 1 : columns.Length, part =>
        {
            for (var i = rows.Length < 1 << 14 ? 0 : part; i < (rows.Length < 1 << 14 ? columns.Length : part + 1); i++)
                columns[i] = Columns[i].Take(rows.Span);
        });
        return new([.. Names.Zip(columns)]);
    }

    public Frame Where(Func<Row, bool> keeps)
        => Take(Enumerable.Range(0, RowCount).Where(i => keeps(new Row(this, i))).ToArray());

    /// <exception cref="BadInputException">A truth for another number of rows.</exception>
    public Frame Where(ReadOnlySpan<bool> keeps)
    {
        if (keeps.Length != RowCount)
            throw new BadInputException($"filter: {keeps.Length} truths for {RowCount} rows.");
        var rows = new List<int>();
        for (var i = 0; i < keeps.Length; i++)
        {
            if (keeps[i])
                rows.Add(i);
        }
        return Take(rows.ToArray());
    }

    /// <summary>By one column after the other; missing values come last. Equal rows keep their order.</summary>
    public Frame Sort(params (string Name, bool Descending)[] by) => Take(Order(by));

    public Frame Sort(params string[] by) => Take(Order([.. by.Select(n => (n, false))]));

    /// <summary>Rows without a missing value in these columns, or in any where none is named.</summary>
    public Frame DropMissing(params string[] names)
    {
        var columns = (names.Length == 0 ? [.. Names] : names).Select(n => this[n]).ToArray();
        return Take(Enumerable.Range(0, RowCount).Where(i => !columns.Any(c => c.IsMissing(i))).ToArray());
    }

    /// <summary>With a number in the place of each missing value of the column.</summary>
    public Frame FillMissing(string name, double value)
    {
        // As whole numbers where both are: a double does not hold every one of them.
        if (this[name] is IntegerColumn integers && value == Math.Floor(value) && value is > long.MinValue and < long.MaxValue)
        {
            var whole = (long)value;
            return With(name, new IntegerColumn(Array.ConvertAll(integers.Values.ToArray(),
                v => v == IntegerColumn.MissingValue ? whole : v)));
        }
        var filled = Numbers(name).ToArray();
        for (var i = 0; i < filled.Length; i++)
            filled[i] = double.IsNaN(filled[i]) ? value : filled[i];
        return With(name, filled);
    }

    public Frame FillMissing(string name, string value)
    {
        var column = Get<TextColumn>(name);
        return With(name, TextColumn.Of(Enumerable.Range(0, RowCount).Select(i => column.IsMissing(i) ? value : column.TextOf(i))));
    }

    /// <summary>The columns as a matrix of shape (rows, columns), missing values as NaN; all columns where none is named.</summary>
    public NdArray<double> ToMatrix(params string[] names)
    {
        var chosen = names.Length == 0 ? [.. Names] : names;
        var matrix = NdArray.Zeros<double>(RowCount, chosen.Length);
        for (var j = 0; j < chosen.Length; j++)
        {
            var values = Numbers(chosen[j]);
            for (var i = 0; i < values.Length; i++)
                matrix[i, j] = values[i];
        }
        return matrix;
    }

    public override string ToString() => FrameText.Write(this);

    internal IEnumerable<(string Name, Column Column)> Pairs() => Names.Zip(Columns);

    internal NumberColumn NumericOf(string name) => this[name] switch
    {
        NumberColumn numbers => numbers,
        IntegerColumn integers => new NumberColumn(Array.ConvertAll(integers.Values.ToArray(),
            v => v == IntegerColumn.MissingValue ? double.NaN : v)),
        TruthColumn truths => new NumberColumn(Array.ConvertAll(truths.Values.ToArray(), v => v < 0 ? double.NaN : v)),
        var other => throw new BadInputException($"frame: column '{name}' is {other.Kind}, and numbers were asked for.") { Column = name },
    };

    internal int[] Order((string Name, bool Descending)[] by)
    {
        var columns = by.Select(b => (Column: this[b.Name], b.Descending)).ToArray();
        var rows = Enumerable.Range(0, RowCount).ToArray();
        Array.Sort(rows, (a, b) =>
        {
            foreach (var (column, descending) in columns)
            {
                var order = column.Compare(a, b);
                if (order != 0)
                    return descending && !column.IsMissing(a) && !column.IsMissing(b) ? -order : order;
            }
            return a.CompareTo(b);
        });
        return rows;
    }

    private Frame Each(Func<Column, Column> change) => new([.. Pairs().Select(p => (p.Name, change(p.Column)))]);

    private BadInputException Missing(string name)
    {
        var near = Names.OrderBy(n => EditDistance.Between(n, name)).FirstOrDefault();
        return new($"frame: there is no column '{name}'{(near is null ? "" : $"; did you mean '{near}'?")}") { Column = name };
    }
}
