namespace Cairn.Learning;

/// <summary>
/// Histogram gradient boosting for classes: logistic loss for two, softmax for more. Missing values (NaN) are learned from.
/// </summary>
public sealed class BoostingClassifier(BoostingOptions? options = null) : Classifier, IIterative
{
    private readonly RoundFollower<BoostedTrees> follower = new("ensemble");
    private BoostingOptions options = options ?? new BoostingOptions();
    private BoostedTrees? model;
    private int count;
    private int columns;

    /// <summary>The loss on the rows set aside, by round; empty without early stopping.</summary>
    public IReadOnlyList<double> ValidationLosses => model?.ValidationLosses ?? [];

    /// <summary>The trees, by round, then class (one per round for two classes).</summary>
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

    private protected override void Learn(Features features, int[] labels, int count)
    {
        this.count = count;
        columns = features.Columns;
        if (options.Patience is null)
        {
            model = BoostedTrees.Learn(features, Loss(labels), options, follower: follower);
            return;
        }
        var (train, held) = Holdout.Stratified(labels, options.ValidationShare, options.Seed);
        model = BoostedTrees.Learn(
            features.Take(train), Loss(Holdout.Take(labels, train)), options, (features.Take(held), Loss(Holdout.Take(labels, held))),
            follower);
    }

    private protected override NdArray<double> Probabilities(Features features)
    {
        var scores = model!.Score(features);
        var probabilities = NdArray.Zeros<double>(features.Rows, count);
        for (var row = 0; row < features.Rows; row++)
        {
            var target = probabilities.Row(row);
            if (count == 2)
            {
                target[1] = 1 / (1 + Math.Exp(-scores[0][row]));
                target[0] = 1 - target[1];
                continue;
            }
            for (var k = 0; k < count; k++)
                target[k] = scores[k][row];
            System.Numerics.Tensors.TensorPrimitives.Subtract(target, System.Numerics.Tensors.TensorPrimitives.Max<double>(target), target);
            System.Numerics.Tensors.TensorPrimitives.SoftMax(target, target);
        }
        return probabilities;
    }

    private BoostingLoss Loss(int[] labels) => count == 2 ? new LogisticLoss(labels) : new SoftmaxLoss(labels, count);

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        (this.count, this.columns) = (count, columns);
        state.Options("options", ref options, ModelJson.Default.BoostingOptions);
        BoostedTrees.Exchange(state, ref model, columns, count == 2 ? 1 : count);
    }
}
