using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>A metric that a recipe can name.</summary>
public sealed record MetricKind
{
    private const int Samples = 1000;
    private const int FewSamples = 200;
    private const int ManyRows = 5_000;

    public required string Name { get; init; }

    public required TaskKind Task { get; init; }

    public bool HigherIsBetter { get; init; } = true;

    /// <summary>Whether it is of two classes only.</summary>
    public bool OfTwo { get; init; }

    internal Func<Judgement, double> Figure { get; private init; } = static _ => double.NaN;

    public static ImmutableArray<MetricKind> All { get; } =
    [
        new() { Name = "accuracy", Task = TaskKind.Classify, Figure = j => ClassificationMetrics.Accuracy(j.Labels, j.PredictedLabels) },
        new() { Name = "f1", Task = TaskKind.Classify, Figure = j => ClassificationMetrics.F1(j.Labels, j.PredictedLabels, Average(j)) },
        new()
        {
            Name = "precision",
            Task = TaskKind.Classify,
            Figure = j => ClassificationMetrics.Precision(j.Labels, j.PredictedLabels, Average(j)),
        },
        new()
        {
            Name = "recall",
            Task = TaskKind.Classify,
            Figure = j => ClassificationMetrics.Recall(j.Labels, j.PredictedLabels, Average(j)),
        },
        new() { Name = "auc", Task = TaskKind.Classify, OfTwo = true, Figure = j => RocCurve.AreaUnder(j.Labels, j.PositiveScores) },
        new()
        {
            Name = "logLoss",
            Task = TaskKind.Classify,
            HigherIsBetter = false,
            Figure = j => ProbabilityMetrics.LogLoss(j.Labels, j.Probabilities!),
        },
        new()
        {
            Name = "brier",
            Task = TaskKind.Classify,
            HigherIsBetter = false,
            OfTwo = true,
            Figure = j => ProbabilityMetrics.Brier(j.Labels, j.PositiveScores),
        },
        new() { Name = "r2", Task = TaskKind.Regress, Figure = j => RegressionMetrics.R2(j.Targets, j.Predictions) },
        new()
        {
            Name = "mae",
            Task = TaskKind.Regress,
            HigherIsBetter = false,
            Figure = j => RegressionMetrics.MeanAbsoluteError(j.Targets, j.Predictions),
        },
        new()
        {
            Name = "rmse",
            Task = TaskKind.Regress,
            HigherIsBetter = false,
            Figure = j => RegressionMetrics.RootMeanSquaredError(j.Targets, j.Predictions),
        },
    ];

    public static MetricKind? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    /// <summary>Those that the recipe names, or the usual ones of its task.</summary>
    /// <exception cref="CairnException">One does not fit the task.</exception>
    internal static ImmutableArray<MetricKind> For(IReadOnlyCollection<string> names, TaskKind task, int classes)
    {
        if (names.Count == 0)
            return [.. All.Where(m => m.Task == task && (!m.OfTwo || classes == 2) && m.Name is not ("precision" or "recall"))];
        return [.. names.Select(n => Find(n)!).Select(m => m.Task == task && (!m.OfTwo || classes == 2)
            ? m
            : throw TrainingErrors.Data(
                $"The metric '{m.Name}' is of {(m.Task == TaskKind.Regress ? "numbers" : m.OfTwo ? "two classes" : "classes")}; the target holds {(task == TaskKind.Regress ? "numbers" : $"{classes} classes")}.",
                $"Choose of: {string.Join(", ", All.Where(a => a.Task == task && (!a.OfTwo || classes == 2)).Select(a => a.Name))}."))];
    }

    /// <summary>The figure over all rows with its 95 % bootstrap interval.</summary>
    internal Interval Measure(Judgement judgement, long seed)
    {
        var rows = Enumerable.Range(0, judgement.Rows).ToArray();
        return Bootstrap.Of<int, int>(rows, rows, (drawn, _) => Figure(judgement.Take(drawn)),
            new() { Samples = rows.Length > ManyRows ? FewSamples : Samples, Seed = seed });
    }

    // Of two classes the positive one counts; of more, each class counts alike.
    private static Averaging Average(Judgement judgement) => judgement.Classes == 2 ? Averaging.Binary : Averaging.Macro;
}
