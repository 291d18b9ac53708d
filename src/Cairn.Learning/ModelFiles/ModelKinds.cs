namespace Cairn.Learning;

/// <summary>What a model file can hold, by name: nothing else is ever made of what a file says.</summary>
internal static class ModelKinds
{
    private static readonly Dictionary<string, Func<IStorable>> Makers = new(StringComparer.Ordinal)
    {
        [nameof(FittedShape)] = () => new FittedShape(),
        [nameof(LabelEncoder)] = () => new LabelEncoder(),
        [nameof(TreeSet)] = () => new TreeSet(),
        [nameof(BoostedTrees)] = () => new BoostedTrees(),
        [nameof(GaussianNaiveBayes)] = () => new GaussianNaiveBayes(),
        [nameof(MultinomialNaiveBayes)] = () => new MultinomialNaiveBayes(),
        [nameof(LogisticRegression)] = () => new LogisticRegression(),
        [nameof(NeighbourClassifier)] = () => new NeighbourClassifier(),
        [nameof(DecisionTreeClassifier)] = () => new DecisionTreeClassifier(),
        [nameof(RandomForestClassifier)] = () => new RandomForestClassifier(),
        [nameof(BoostingClassifier)] = () => new BoostingClassifier(),
        [nameof(Perceptron)] = () => new Perceptron(),
        [nameof(BestEpoch)] = () => new BestEpoch(),
        [nameof(PerceptronClassifier)] = () => new PerceptronClassifier(),
        [nameof(PerceptronRegressor)] = () => new PerceptronRegressor(),
        [nameof(ClassifierPipeline)] = () => new ClassifierPipeline([], new GaussianNaiveBayes()),
        [nameof(LinearRegression)] = () => new LinearRegression(),
        [nameof(Ridge)] = () => new Ridge(),
        [nameof(Lasso)] = () => new Lasso(),
        [nameof(NeighbourRegressor)] = () => new NeighbourRegressor(),
        [nameof(DecisionTreeRegressor)] = () => new DecisionTreeRegressor(),
        [nameof(RandomForestRegressor)] = () => new RandomForestRegressor(),
        [nameof(BoostingRegressor)] = () => new BoostingRegressor(),
        [nameof(RegressorPipeline)] = () => new RegressorPipeline([], new Ridge()),
        [nameof(StandardScaler)] = () => new StandardScaler(),
        [nameof(RangeScaler)] = () => new RangeScaler(),
        [nameof(Imputer)] = () => new Imputer(),
        [nameof(PolynomialFeatures)] = () => new PolynomialFeatures(),
        [nameof(Pca)] = () => new Pca(1),
        [nameof(LatentSemantics)] = () => new LatentSemantics(),
        [nameof(TfidfVectoriser)] = () => new TfidfVectoriser(),
        [nameof(HashingVectoriser)] = () => new HashingVectoriser(),
        [nameof(VectoriserUnion)] = () => new VectoriserUnion(),
        [nameof(ColumnTransformer)] = () => new ColumnTransformer(),
        [nameof(ColumnTransformer.NumberPart)] = () => new ColumnTransformer.NumberPart([], []),
        [nameof(ColumnTransformer.CategoryPart)] = () => new ColumnTransformer.CategoryPart("", Unseen.Ignore),
        [nameof(ColumnTransformer.TextPart)] = () => new ColumnTransformer.TextPart("", new HashingVectoriser()),
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    public static string NameOf(object part)
    {
        var name = part.GetType().Name;
        return part is IStorable && Makers.ContainsKey(name)
            ? name
            : throw new NotSupportedException($"A model file cannot hold a {name}. It holds: {string.Join(", ", Makers.Keys)}.");
    }

    /// <returns>null for a kind that is not known.</returns>
    public static IStorable? Make(string kind) => Makers.GetValueOrDefault(kind)?.Invoke();
}
