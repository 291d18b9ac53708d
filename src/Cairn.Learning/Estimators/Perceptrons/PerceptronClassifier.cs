namespace Cairn.Learning;

/// <summary>Fully connected layers over a table, softmax at the end. Scale the columns first.</summary>
public sealed class PerceptronClassifier(PerceptronOptions? options = null) : Classifier, IIterative
{
    private readonly RoundFollower<Perceptron> follower = new("network");
    private PerceptronOptions options = options ?? new PerceptronOptions();
    private Perceptron? model;

    /// <summary>The loss on the rows set aside, by epoch; empty without early stopping.</summary>
    public IReadOnlyList<double> ValidationLosses => model?.ValidationLosses ?? [];

    public Action<FitRound>? Observer
    {
        get => follower.Observer;
        set => follower.Observer = value;
    }

    public void SaveCheckpoint(Stream stream) => follower.Save(stream);

    public void ResumeFrom(Stream stream) => follower.Resume(stream);

    public void EndFit() => follower.End();

    private protected override void Learn(Features features, int[] labels, int count)
    {
        if (options.Patience is null)
        {
            model = Perceptron.Learn(features, count, options, Loss(labels), follower);
            return;
        }
        var (train, held) = Holdout.Stratified(labels, options.ValidationShare, options.Seed);
        model = Perceptron.Learn(
            features.Take(train), count, options, Loss(Holdout.Take<int>(labels, train)), follower,
            (features.Take(held), Loss(Holdout.Take<int>(labels, held))));
    }

    private protected override NdArray<double> Probabilities(Features features)
    {
        var probabilities = model!.Of(features);
        for (var row = 0; row < features.Rows; row++)
            LogShares.ToShares(probabilities.Row(row));
        return probabilities;
    }

    private static Func<Tensor, int[], Tensor> Loss(int[] labels)
        => (scores, rows) => scores.CrossEntropy(NdArray.Of<int>(Holdout.Take<int>(labels, rows)));

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        state.Options("options", ref options, ModelJson.Default.PerceptronOptions);
        state.Part("network", ref model);
        state.Require(model is not null && model.Inputs == columns && model.Outputs == count,
            "the network has other columns or classes than were learned from");
    }
}
