using Cairn.Learning;

namespace Cairn.Training;

/// <summary>What was so and what a model said of rows that it has not learned from.</summary>
internal sealed record Judgement
{
    public required TaskKind Task { get; init; }

    /// <summary>How many classes the data have; 0 for numbers.</summary>
    public int Classes { get; init; }

    public int[] Labels { get; init; } = [];

    public int[] PredictedLabels { get; init; } = [];

    /// <summary>Rows by all classes of the data; 0 for one that was not there in training.</summary>
    public NdArray<double>? Probabilities { get; init; }

    public double[] Targets { get; init; } = [];

    public double[] Predictions { get; init; } = [];

    public int Rows => Task == TaskKind.Classify ? Labels.Length : Targets.Length;

    public double[] PositiveScores => [.. Enumerable.Range(0, Rows).Select(r => Probabilities![r, 1])];

    public static Judgement Of(FittedModel model, TrainingTable test)
    {
        if (test.Task == TaskKind.Regress)
            return new() { Task = test.Task, Targets = test.Targets, Predictions = model.Numbers(test.Rows) };
        var known = model.Classifier!.Classes;
        var shares = model.Probabilities(test.Rows);
        var all = NdArray.Zeros<double>(test.Labels.Length, test.Classes.Length);
        var predicted = new int[test.Labels.Length];
        for (var row = 0; row < predicted.Length; row++)
        {
            for (var k = 0; k < known.Count; k++)
                all[row, known[k]] = shares[row, k];
            predicted[row] = known[System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(shares.Row(row))];
        }
        return new()
        {
            Task = test.Task,
            Classes = test.Classes.Length,
            Labels = test.Labels,
            PredictedLabels = predicted,
            Probabilities = all,
        };
    }

    /// <summary>What a model would be judged as that says of each row what is so.</summary>
    public static Judgement OfBest(TrainingTable test)
    {
        if (test.Task == TaskKind.Regress)
            return new() { Task = test.Task, Targets = test.Targets, Predictions = test.Targets };
        var certain = NdArray.Zeros<double>(test.Labels.Length, test.Classes.Length);
        for (var row = 0; row < test.Labels.Length; row++)
            certain[row, test.Labels[row]] = 1;
        return new()
        {
            Task = test.Task,
            Classes = test.Classes.Length,
            Labels = test.Labels,
            PredictedLabels = test.Labels,
            Probabilities = certain,
        };
    }

    /// <summary>The same of some rows, for the bootstrap.</summary>
    public Judgement Take(ReadOnlySpan<int> rows)
    {
        if (Task == TaskKind.Regress)
            return this with { Targets = Holdout.Take<double>(Targets, rows), Predictions = Holdout.Take<double>(Predictions, rows) };
        var taken = NdArray.Zeros<double>(rows.Length, Classes);
        for (var i = 0; i < rows.Length; i++)
            Probabilities!.Row(rows[i]).CopyTo(taken.Row(i));
        return this with { Labels = Holdout.Take<int>(Labels, rows), PredictedLabels = Holdout.Take<int>(PredictedLabels, rows),
            Probabilities = taken };
    }
}
