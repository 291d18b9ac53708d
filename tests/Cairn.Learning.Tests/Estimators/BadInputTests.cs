namespace Cairn.Learning.Tests;

/// <summary>Every estimator refuses alike what nothing can be learned from, and says which row and column it is.</summary>
public sealed class BadInputTests
{
    private static readonly Dictionary<string, Func<IClassifier>> Classifiers = new()
    {
        ["DecisionTreeClassifier"] = () => new DecisionTreeClassifier(),
        ["RandomForestClassifier"] = () => new RandomForestClassifier(new() { Trees = 3 }),
        ["BoostingClassifier"] = () => new BoostingClassifier(new() { Rounds = 3 }),
        ["LogisticRegression"] = () => new LogisticRegression(),
        ["NeighbourClassifier"] = () => new NeighbourClassifier(),
        ["GaussianNaiveBayes"] = () => new GaussianNaiveBayes(),
        ["MultinomialNaiveBayes"] = () => new MultinomialNaiveBayes(),
        ["PerceptronClassifier"] = () => new PerceptronClassifier(new() { Epochs = 2 }),
    };

    private static readonly Dictionary<string, Func<IRegressor>> Regressors = new()
    {
        ["DecisionTreeRegressor"] = () => new DecisionTreeRegressor(),
        ["RandomForestRegressor"] = () => new RandomForestRegressor(new() { Trees = 3 }),
        ["BoostingRegressor"] = () => new BoostingRegressor(new() { Rounds = 3 }),
        ["NeighbourRegressor"] = () => new NeighbourRegressor(),
        ["LinearRegression"] = () => new LinearRegression(),
        ["Ridge"] = () => new Ridge(),
        ["Lasso"] = () => new Lasso(),
        ["PerceptronRegressor"] = () => new PerceptronRegressor(new() { Epochs = 2 }),
    };

    private static readonly Dictionary<string, Func<ITransformer>> Transformers = new()
    {
        ["StandardScaler"] = () => new StandardScaler(),
        ["RangeScaler"] = () => new RangeScaler(),
        ["Imputer"] = () => new Imputer(),
        ["PolynomialFeatures"] = () => new PolynomialFeatures(),
        ["Pca"] = () => new Pca(1),
        ["KMeans"] = () => new KMeans(new() { Clusters = 2 }),
    };

    private static readonly HashSet<string> LearnFromMissing =
    [
        "DecisionTreeClassifier", "RandomForestClassifier", "BoostingClassifier", "DecisionTreeRegressor", "RandomForestRegressor",
        "BoostingRegressor", "Imputer", "StandardScaler", "RangeScaler",
    ];

    public static TheoryData<string> All => [.. Classifiers.Keys, .. Regressors.Keys, .. Transformers.Keys];

    public static TheoryData<string> OfClasses => [.. Classifiers.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_to_learn_from_is_said(string name)
        => Assert.Contains("nothing to learn from", Assert.Throws<BadInputException>(
            () => Fit(name, NdArray.Zeros<double>(0, 2))).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void An_infinite_number_is_named_by_column_and_row(string name)
    {
        var error = Assert.Throws<BadInputException>(() => Fit(name, Rows(double.PositiveInfinity)));
        Assert.Equal(("income", 4), (error.Column, error.Row));
        Assert.StartsWith(name + ":", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_missing_number_is_learned_from_or_named(string name)
    {
        if (LearnFromMissing.Contains(name))
        {
            Fit(name, Rows(double.NaN));
            return;
        }
        var error = Assert.Throws<BadInputException>(() => Fit(name, Rows(double.NaN)));
        Assert.Equal(("income", 4), (error.Column, error.Row));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Columns_without_any_difference_give_finite_numbers(string name)
        => Assert.All(Fit(name, NdArray.Full(3.0, 12, 2)), x => Assert.True(double.IsFinite(x), $"{name} gives {x}"));

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void One_class_alone_is_refused_and_named(string name)
    {
        var error = Assert.Throws<BadInputException>(() => Classifiers[name]().Fit(Rows(1), new int[12]));
        Assert.Contains("all 12 rows are of class 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void As_many_labels_as_rows_are_asked_for(string name)
    {
        var error = Assert.Throws<ShapeException>(() => Classifiers[name]().Fit(Rows(1), new int[11]));
        Assert.Contains("12 rows of features stand against 11 targets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused()
        => Assert.Contains("both named 'age'", Assert.Throws<BadInputException>(
            () => new Features(NdArray.Ones<double>(2, 2), ["age", "age"])).Message, StringComparison.Ordinal);

    /// <summary>12 rows of which row 4 has <paramref name="odd"/> as its income.</summary>
    private static Features Rows(double odd)
    {
        var rows = NdArray.Arange<double>(24).Reshape(12, 2).Copy();
        rows[4, 1] = odd;
        return new Features(rows, ["age", "income"]);
    }

    /// <summary>What the estimator makes of the rows that it learned from.</summary>
    private static double[] Fit(string name, Features rows)
    {
        if (Classifiers.TryGetValue(name, out var makeClassifier))
        {
            var classifier = makeClassifier();
            classifier.Fit(rows, [.. Enumerable.Range(0, rows.Rows).Select(i => i % 2)]);
            return classifier.PredictProbability(rows).ToArray();
        }
        if (Regressors.TryGetValue(name, out var makeRegressor))
        {
            var regressor = makeRegressor();
            regressor.Fit(rows, [.. Enumerable.Range(0, rows.Rows).Select(i => (double)i)]);
            return regressor.Predict(rows);
        }
        var transformer = Transformers[name]();
        transformer.Fit(rows);
        return transformer.Transform(rows).Dense.ToArray();
    }
}
