namespace Cairn.Learning;

/// <summary>Judges a way to learn on rows that it has not learned from.</summary>
public static class CrossValidation
{
    /// <summary>The metric over each fold's test rows. The model is made anew for each fold.</summary>
    public static double[] Score(
        Func<IClassifier> model, Features features, int[] labels, IReadOnlyList<Fold> folds, Metric<int, int>? metric = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. folds.Select(fold =>
        {
            var learner = model();
            learner.Fit(features.Take(fold.Train), Holdout.Take<int>(labels, fold.Train));
            return (metric ?? ClassificationMetrics.Accuracy)(Holdout.Take<int>(labels, fold.Test),
                learner.Predict(features.Take(fold.Test)));
        })];
    }

    /// <inheritdoc cref="Score(Func{IClassifier}, Features, int[], IReadOnlyList{Fold}, Metric{int, int})"/>
    public static double[] Score(
        Func<IRegressor> model, Features features, double[] targets, IReadOnlyList<Fold> folds, Metric<double, double>? metric = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. folds.Select(fold =>
        {
            var learner = model();
            learner.Fit(features.Take(fold.Train), Holdout.Take<double>(targets, fold.Train));
            return (metric ?? RegressionMetrics.R2)(Holdout.Take<double>(targets, fold.Test), learner.Predict(features.Take(fold.Test)));
        })];
    }
}
