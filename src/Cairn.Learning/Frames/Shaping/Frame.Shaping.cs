using System.Globalization;

namespace Cairn.Learning;

public sealed partial class Frame
{
    /// <summary>Rows of all, one frame under the other. Columns that a frame lacks are missing there.</summary>
    /// <exception cref="BadInputException">A column is of different kinds.</exception>
    public static Frame Concatenate(params IReadOnlyList<Frame> frames)
    {
        var names = frames.SelectMany(f => f.Names).Distinct().ToList();
        return new([.. names.Select(n =>
        {
            var like = frames.First(f => f.Has(n))[n];
            var parts = frames.Select(f => f.Has(n) ? f[n] : like.Take(Enumerable.Repeat(-1, f.RowCount).ToArray())).ToList();
            return (n, parts[0].Append([.. parts.Skip(1)], n));
        })]);
    }

    /// <summary>
    /// A table: a row for each value of one column, a column for each value of another, an aggregate of a third in the cells. The values
    /// name their columns; a missing one's is <c>missing</c>, and a name that is taken gets a number: <c>missing_2</c>.
    /// </summary>
    public Frame Pivot(string rows, string columns, Aggregate value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var cells = GroupBy(rows, columns).Compute(value);
        var (down, across) = (cells[rows].ToKeys(), cells[columns].ToKeys());
        var cellOf = new int[across.Count][];
        for (var head = 0; head < cellOf.Length; head++)
            Array.Fill(cellOf[head] = new int[down.Count], -1);
        for (var cell = 0; cell < cells.RowCount; cell++)
            cellOf[across.Rows[cell]][down.Rows[cell]] = cell;
        // Cells are in the order of their rows' values, so these come in order; those of the columns do not.
        var pivoted = new List<(string Name, Column Column)> { (rows, cells[rows].Take(down.First)) };
        var names = new HashSet<string> { rows };
        foreach (var head in cells.Take(across.First).Order([(columns, false)]))
        {
            var text = cells[columns].IsMissing(across.First[head]) ? "missing" : cells[columns].TextOf(across.First[head]);
            var name = text;
            for (var number = 2; !names.Add(name); number++)
                name = $"{text}_{number}";
            pivoted.Add((name, cells[value.Name].Take(cellOf[head])));
        }
        return new([.. pivoted]);
    }

    /// <summary>
    /// The text column as a column of 0 and 1 for each of its values, in ascending order, named <c>column=value</c>. Where it is missing
    /// all are 0.
    /// </summary>
    /// <param name="values">The values to make columns for, such as those of the training data; others are refused.</param>
    public Frame OneHot(string column, IReadOnlyList<string>? values = null)
    {
        var texts = Get<TextColumn>(column);
        var used = texts.Dictionary.Where((_, code) => texts.Codes.Contains(code)).Order(StringComparer.Ordinal).ToList();
        if (values is not null && used.Except(values).FirstOrDefault() is { } unseen)
            throw new BadInputException(
                $"one-hot: column '{column}' has the value '{unseen}', which is none of the {values.Count} given.") { Column = column };
        return (values ?? used).Aggregate(Drop(column), (frame, value) =>
        {
            var ones = new double[RowCount];
            for (var i = 0; i < ones.Length; i++)
                ones[i] = texts.TextOf(i) == value && !texts.IsMissing(i) ? 1 : 0;
            return frame.With($"{column}={value}", ones);
        });
    }

    /// <summary>
    /// For each column of numbers: count, missing, mean, standard deviation, least, quartiles, greatest; for others count, missing and
    /// distinct values.
    /// </summary>
    public Frame Describe()
    {
        var summaries = Pairs().Select(p => (p.Name, Summary: ColumnSummary.Of(this, p.Name))).ToList();
        Column Of(Func<ColumnSummary, double> pick) => summaries.Select(s => pick(s.Summary)).ToArray();
        return new(
            ("column", TextColumn.Of(summaries.Select(s => s.Name))),
            ("kind", TextColumn.Of(summaries.Select(s => this[s.Name].Kind))),
            ("count", summaries.Select(s => (long)s.Summary.Count).ToArray()),
            ("missing", summaries.Select(s => (long)s.Summary.Missing).ToArray()),
            ("distinct", summaries.Select(s => (long)s.Summary.Distinct).ToArray()),
            ("mean", Of(s => s.Mean)),
            ("std", Of(s => s.Std)),
            ("min", Of(s => s.Quantiles[0])),
            ("25%", Of(s => s.Quantiles[1])),
            ("50%", Of(s => s.Quantiles[2])),
            ("75%", Of(s => s.Quantiles[3])),
            ("max", Of(s => s.Quantiles[4])));
    }

    /// <summary>With the date taken back to the beginning of its period, to group by.</summary>
    public Frame Resample(string column, Period period, string? name = null)
    {
        var dates = Get<DateColumn>(column);
        var starts = new long[RowCount];
        for (var i = 0; i < starts.Length; i++)
            starts[i] = dates.IsMissing(i) ? IntegerColumn.MissingValue : PeriodStart.Of(dates.At(i), period).Ticks;
        return With(name ?? $"{column}_{period.ToString().ToLower(CultureInfo.InvariantCulture)}", new DateColumn(starts));
    }

    /// <summary>
    /// Over each row and those before it, as many as the window holds; missing until there are that many, and where one of them is.
    /// </summary>
    /// <param name="window">In rows.</param>
    public RollingWindow Rolling(string column, int window) => new(this, column, window);
}
