namespace Cairn.Learning;

/// <summary>Fully connected layers over a table, one number at the end; targets are scaled inside. Scale the columns first.</summary>
public sealed class PerceptronRegressor(PerceptronOptions? options = null) : Regressor, IIterative
{
    private readonly RoundFollower<Perceptron> follower = new("network");
    private PerceptronOptions options = options ?? new PerceptronOptions();
    private Perceptron? model;
    private double mean;
    private double scale = 1;

    /// <summary>The loss on the rows set aside (of the scaled targets), by epoch; empty without early stopping.</summary>
    public IReadOnlyList<double> ValidationLosses => model?.ValidationLosses ?? [];

    public Action<FitRound>? Observer
    {
        get => follower.Observer;
        set => follower.Observer = value;
    }

    public void SaveCheckpoint(Stream stream) => follower.Save(stream);

    public void ResumeFrom(Stream stream) => follower.Resume(stream);

    public void EndFit() => follower.End();

    private protected override void Learn(Features features, double[] targets)
    {
        if (options.Patience is null)
        {
            Scale(targets);
            model = Perceptron.Learn(features, 1, options, Loss(targets), follower);
            return;
        }
        var (train, held) = Holdout.Random(targets.Length, options.ValidationShare, options.Seed);
        Scale(Holdout.Take<double>(targets, train));
        model = Perceptron.Learn(
            features.Take(train), 1, options, Loss(Holdout.Take<double>(targets, train)), follower,
            (features.Take(held), Loss(Holdout.Take<double>(targets, held))));
    }

    private void Scale(double[] targets)
    {
        mean = targets.Average();
        scale = Math.Sqrt(targets.Average(t => (t - mean) * (t - mean))) is > 0 and var deviation ? deviation : 1;
    }

    private Func<Tensor, int[], Tensor> Loss(double[] targets)
    {
        var scaled = Array.ConvertAll(targets, t => (float)((t - mean) / scale));
        return (scores, rows) => Losses.MeanSquared(
            scores, new Tensor(NdArray<float>.Over(Holdout.Take<float>(scaled, rows), rows.Length, 1)));
    }

    private protected override double[] Numbers(Features features) => [.. model!.Of(features).ToArray().Select(v => (v * scale) + mean)];

    private protected override void Exchange(ModelState state, int columns)
    {
        state.Options("options", ref options, ModelJson.Default.PerceptronOptions);
        state.Value("mean", ref mean);
        state.Value("scale", ref scale);
        state.Part("network", ref model);
        state.Require(model is not null && model.Inputs == columns && model.Outputs == 1,
            "the network has other columns than were learned from");
    }
}
