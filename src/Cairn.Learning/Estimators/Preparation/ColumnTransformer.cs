namespace Cairn.Learning;

/// <summary>
/// Turns a frame's columns of several kinds into features: numbers through transformers, categories one-hot, texts through vectorisers,
/// side by side in the
/// order in which they were named. Columns that are not named are left out.
/// </summary>
public sealed class ColumnTransformer : IStorable
{
    private readonly List<(string[] Columns, Func<ColumnPart> Make)> parts = [];
    private ColumnPart[]? fitted;

    /// <summary>Numeric columns, through the transformers in order.</summary>
    public ColumnTransformer Numbers(IReadOnlyList<string> columns, params IReadOnlyList<ITransformer> through)
    {
        parts.Add(([.. columns], () => new NumberPart([.. columns], through)));
        return this;
    }

    /// <summary>Columns whose values are names of categories: a column of 0 and 1 per category seen in training.</summary>
    public ColumnTransformer Categories(IReadOnlyList<string> columns, Unseen unseen = Unseen.Ignore)
    {
        foreach (var column in columns)
            parts.Add(([column], () => new CategoryPart(column, unseen)));
        return this;
    }

    /// <summary>A column of text, through a vectoriser; what is missing counts as empty.</summary>
    public ColumnTransformer Text(string column, ITextVectoriser vectoriser)
    {
        parts.Add(([column], () => new TextPart(column, vectoriser)));
        return this;
    }

    public void Fit(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (parts.Count == 0)
            throw new InvalidOperationException("ColumnTransformer: no column is named; call Numbers, Categories or Text first.");
        var made = parts.ConvertAll(p => p.Make());
        foreach (var part in made)
            part.Fit(frame);
        fitted = [.. made];
    }

    /// <summary>Sparse where a text column is among them, else dense.</summary>
    public Features Transform(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (fitted is null)
            throw new InvalidOperationException("ColumnTransformer has not learned yet; call Fit first.");
        var made = Array.ConvertAll(fitted, p => p.Transform(frame));
        var names = made.Any(m => m.Names is null) ? null : made.SelectMany(m => m.Names!).ToArray();
        if (made.Any(m => m.IsSparse))
            return new Features(SparseMatrix.Beside([.. made.Select(m => m.Sparse)]), names);
        var wide = NdArray.Zeros<double>(frame.RowCount, made.Sum(m => m.Columns));
        for (var row = 0; row < frame.RowCount; row++)
        {
            var at = 0;
            foreach (var part in made)
            {
                part.Dense.Row(row).CopyTo(wide.Row(row)[at..]);
                at += part.Columns;
            }
        }
        return new Features(wide, names);
    }

    public Features FitTransform(Frame frame)
    {
        Fit(frame);
        return Transform(frame);
    }

    void IStorable.Exchange(ModelState state)
    {
        var given = fitted ?? [];
        state.Parts("parts", ref given);
        state.Require(given.Length > 0, "there is no column");
        if (!state.IsReading)
            return;
        fitted = given;
        parts.AddRange(given.Select(part => (Array.Empty<string>(), (Func<ColumnPart>)(() => part))));
    }

    internal abstract class ColumnPart : IStorable
    {
        public abstract void Exchange(ModelState state);

        public abstract void Fit(Frame frame);

        public abstract Features Transform(Frame frame);
    }

    internal sealed class NumberPart(string[] columns, IReadOnlyList<ITransformer> through) : ColumnPart
    {
        public override void Exchange(ModelState state)
        {
            var steps = through.ToArray();
            state.Texts("columns", ref columns);
            state.Parts("through", ref steps);
            through = steps;
        }

        public override void Fit(Frame frame)
        {
            var features = Numbers(frame);
            foreach (var step in through)
                features = step.FitTransform(features);
        }

        public override Features Transform(Frame frame)
            => through.Aggregate(Numbers(frame), (features, step) => step.Transform(features));

        private Features Numbers(Frame frame) => new(frame.ToMatrix(columns), columns);
    }

    internal sealed class CategoryPart(string column, Unseen unseen) : ColumnPart
    {
        private Dictionary<string, int> categories = [];

        public override void Exchange(ModelState state)
        {
            var (names, kind) = (categories.OrderBy(c => c.Value).Select(c => c.Key).ToArray(), (int)unseen);
            state.Value("column", ref column);
            state.Value("unseen", ref kind);
            state.Texts("categories", ref names);
            state.Require(Enum.IsDefined((Unseen)kind) && names.Length > 0
                && names.Distinct(StringComparer.Ordinal).Count() == names.Length, "a category is missing or comes twice");
            unseen = (Unseen)kind;
            categories = names.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        }


        public override void Fit(Frame frame)
        {
            var values = frame[column];
            categories = Enumerable.Range(0, values.Length).Where(r => !values.IsMissing(r)).Select(values.TextOf)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal).Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
            if (categories.Count == 0)
                throw new BadInputException($"ColumnTransformer: column '{column}' has no category to learn.") { Column = column };
        }

        public override Features Transform(Frame frame)
        {
            var values = frame[column];
            var matrix = NdArray.Zeros<double>(values.Length, categories.Count);
            for (var row = 0; row < values.Length; row++)
            {
                if (values.IsMissing(row))
                    continue;
                if (categories.TryGetValue(values.TextOf(row), out var position))
                {
                    matrix[row, position] = 1;
                }
                else if (unseen == Unseen.Refuse)
                {
                    throw new BadInputException(
                        $"ColumnTransformer: column '{column}', row {row} is '{values.TextOf(row)}', which was not there in training.")
                    {
                        Column = column,
                        Row = row,
                    };
                }
            }
            return new Features(matrix, [.. categories.Keys.Select(c => $"{column}={c}")]);
        }
    }

    internal sealed class TextPart(string column, ITextVectoriser vectoriser) : ColumnPart
    {
        public override void Exchange(ModelState state)
        {
            var kept = (ITextVectoriser?)vectoriser;
            state.Value("column", ref column);
            state.Part("vectoriser", ref kept);
            state.Require(kept is not null, "there is no vectoriser");
            vectoriser = kept!;
        }

        public override void Fit(Frame frame) => vectoriser.Fit(Texts(frame));

        public override Features Transform(Frame frame) => vectoriser.Transform(Texts(frame));

        private string[] Texts(Frame frame)
        {
            var values = frame[column];
            return [.. Enumerable.Range(0, values.Length).Select(values.TextOf)];
        }
    }
}
