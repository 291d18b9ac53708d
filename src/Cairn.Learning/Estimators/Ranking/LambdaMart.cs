namespace Cairn.Learning;

/// <summary>Learns to rank: boosted trees whose scores put a query's relevant documents first (LambdaMART; Burges, 2010).</summary>
/// <param name="options">How trees grow; the patience of early stopping is not used.</param>
/// <param name="top">How many of the first ranks count.</param>
public sealed class LambdaMart(BoostingOptions? options = null, int top = 10)
{
    private readonly BoostingOptions options = (options ?? new BoostingOptions()) with { Patience = null };
    private FittedShape? shape;
    private BoostedTrees? model;

    /// <param name="features">A row per document of a query.</param>
    /// <param name="relevance">Grades from 0 (of no use) to 30.</param>
    /// <param name="queries">The query of each row, as any whole number; rows need not be in order.</param>
    public void Fit(Features features, ReadOnlySpan<int> relevance, ReadOnlySpan<int> queries)
    {
        OptionBounds.AtLeast(1, top, "the number of ranks that count");
        var fitted = FittedShape.Of(nameof(LambdaMart), features, relevance.Length, allowMissing: true);
        if (queries.Length != relevance.Length)
            throw new ShapeException(nameof(LambdaMart), $"{relevance.Length} grades stand against {queries.Length} queries");
        model = BoostedTrees.Learn(features, new LambdaLoss(relevance.ToArray(), queries, top), options);
        shape = fitted;
    }

    /// <summary>A score per row; within a query the highest is shown first.</summary>
    public double[] Predict(Features features)
    {
        FittedShape.Require(shape, nameof(LambdaMart)).Check(features, allowMissing: true);
        return model!.Score(features)[0];
    }
}
