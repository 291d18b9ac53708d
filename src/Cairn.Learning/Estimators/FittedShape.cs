namespace Cairn.Learning;

/// <summary>What an estimator remembers of its training features, so that later ones can be held against it.</summary>
internal sealed class FittedShape : IStorable
{
    private string estimator = "";
    private int columns;
    private IReadOnlyList<string>? names;

    /// <summary>To be read.</summary>
    public FittedShape()
    {
    }

    private FittedShape(string estimator, Features features)
    {
        this.estimator = estimator;
        columns = features.Columns;
        names = features.Names;
    }

    public int Columns => columns;

    public static FittedShape Of(string estimator, Features features, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Rows == 0 || features.Columns == 0)
            throw new BadInputException(
                $"{estimator}: there is nothing to learn from; the features have {features.Rows} rows and {features.Columns} columns.");
        features.RequireNumbers(estimator, allowMissing);
        return new FittedShape(estimator, features);
    }

    public static FittedShape Of(string estimator, Features features, int targets, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Rows == targets
            ? Of(estimator, features, allowMissing)
            : throw new ShapeException(estimator, $"{features.Rows} rows of features stand against {targets} targets");
    }

    public static FittedShape Require(FittedShape? shape, string estimator)
        => shape ?? throw new InvalidOperationException($"{estimator} has not learned yet; call Fit first.");

    /// <summary>Refuses features that are not those learned from.</summary>
    public void Check(Features features, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Columns != columns)
            throw new ShapeException(estimator, $"it learned from {columns} columns and is given {features.Columns}");
        if (names is not null && features.Names is not null)
        {
            for (var i = 0; i < columns; i++)
            {
                if (names[i] != features.Names[i])
                {
                    throw new BadInputException($"{estimator}: column {i} is '{features.Names[i]}', but '{names[i]}' was there in training; "
                        + "give the columns in the same order.") { Column = features.Names[i] };
                }
            }
        }
        features.RequireNumbers(estimator, allowMissing);
    }

    public void Exchange(ModelState state)
    {
        var given = names is null ? [] : names.ToArray();
        var named = names is not null;
        state.Value("estimator", ref estimator);
        state.Value("columns", ref columns);
        state.Value("named", ref named);
        state.Texts("names", ref given);
        state.Require(columns > 0 && given.Length == (named ? columns : 0), "the names are not one per column");
        names = named ? given : null;
    }
}
