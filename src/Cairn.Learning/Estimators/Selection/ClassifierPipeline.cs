namespace Cairn.Learning;

/// <summary>Transformers and then a classifier, learning and predicting as one.</summary>
public sealed class ClassifierPipeline(IReadOnlyList<ITransformer> steps, IClassifier last) : IClassifier, IStorable
{
    public IReadOnlyList<int> Classes => last.Classes;

    public void Fit(Features features, ReadOnlySpan<int> labels)
        => last.Fit(steps.Aggregate(features, (f, step) => step.FitTransform(f)), labels);

    public int[] Predict(Features features) => last.Predict(Through(features));

    public NdArray<double> PredictProbability(Features features) => last.PredictProbability(Through(features));

    private Features Through(Features features) => steps.Aggregate(features, (f, step) => step.Transform(f));

    void IStorable.Exchange(ModelState state)
    {
        var (given, end) = (steps.ToArray(), (IClassifier?)last);
        state.Parts("steps", ref given);
        state.Part("last", ref end);
        state.Require(end is not null, "the pipeline has no end");
        (steps, last) = (given, end!);
    }
}
