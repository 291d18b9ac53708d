namespace Cairn.Learning;

/// <summary>Transformers and then a regressor, learning and predicting as one.</summary>
public sealed class RegressorPipeline(IReadOnlyList<ITransformer> steps, IRegressor last) : IRegressor, IStorable
{
    public void Fit(Features features, ReadOnlySpan<double> targets)
        => last.Fit(steps.Aggregate(features, (f, step) => step.FitTransform(f)), targets);

    public double[] Predict(Features features) => last.Predict(steps.Aggregate(features, (f, step) => step.Transform(f)));

    void IStorable.Exchange(ModelState state)
    {
        var (given, end) = (steps.ToArray(), (IRegressor?)last);
        state.Parts("steps", ref given);
        state.Part("last", ref end);
        state.Require(end is not null, "the pipeline has no end");
        (steps, last) = (given, end!);
    }
}
