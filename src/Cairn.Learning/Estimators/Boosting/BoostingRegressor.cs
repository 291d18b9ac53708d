namespace Cairn.Learning;

/// <summary>Histogram gradient boosting for numbers, squared loss. Missing values (NaN) are learned from.</summary>
public sealed class BoostingRegressor(BoostingOptions? options = null) : Regressor, IIterative
{
    private readonly RoundFollower<BoostedTrees> follower = new("ensemble");
    private BoostingOptions options = options ?? new BoostingOptions();
    private BoostedTrees? model;
    private int columns;

    /// <summary>The loss on the rows set aside, by round; empty without early stopping.</summary>
    public IReadOnlyList<double> ValidationLosses => model?.ValidationLosses ?? [];

    /// <summary>The trees, by round.</summary>
    public IReadOnlyList<IReadOnlyList<Tree>> Trees => model?.Rounds ?? [];

    /// <summary>How much the questions about each column lowered the loss; shares of 1.</summary>
    public double[] Importances => model?.Importances(columns) ?? [];

    public Action<FitRound>? Observer
    {
        get => follower.Observer;
        set => follower.Observer = value;
    }

    public void SaveCheckpoint(Stream stream) => follower.Save(stream);

    public void ResumeFrom(Stream stream) => follower.Resume(stream);

    public void EndFit() => follower.End();

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features, double[] targets)
    {
        columns = features.Columns;
        if (options.Patience is null)
        {
            model = BoostedTrees.Learn(features, new SquaredLoss(targets), options, follower: follower);
            return;
        }
        var (train, held) = Holdout.Random(targets.Length, options.ValidationShare, options.Seed);
        model = BoostedTrees.Learn(
            features.Take(train),
            new SquaredLoss(Holdout.Take(targets, train)),
            options,
            (features.Take(held), new SquaredLoss(Holdout.Take(targets, held))),
            follower);
    }

    private protected override double[] Numbers(Features features) => model!.Score(features)[0];

    private protected override void Exchange(ModelState state, int columns)
    {
        this.columns = columns;
        state.Options("options", ref options, ModelJson.Default.BoostingOptions);
        BoostedTrees.Exchange(state, ref model, columns, 1);
    }
}
