using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>
/// Goes the way of a training without its learning, so that what a training would refuse (rows too few for a fold, texts without a word,
/// one class only) is refused before it, by the same code and so in the same words.
/// </summary>
internal static class Rehearsal
{
    /// <param name="withColumns">Whether the columns are prepared too, which takes memory and time as the training would.</param>
    public static void Run(TrainingTable table, Recipe recipe, bool withColumns)
    {
        var parts = TrainingParts.Of(table, recipe);
        var asked = recipe.Metrics.IsEmpty ? [] : parts.Metrics;
        if (recipe.Search is not { } search)
        {
            Judge(parts.Train, parts.Test, recipe, [recipe.Estimator], asked, withColumns);
            return;
        }
        EstimatorChoice[] candidates = [.. search.Candidates().Select(recipe.Estimator.With)];
        foreach (var fold in TableSplit.Folds(parts.Train, recipe, search.Folds))
            Judge(parts.Train.Take(fold.Train), parts.Train.Take(fold.Test), recipe, candidates, [parts.Searched], withColumns);
        // Which candidate is learned from all rows is known only then; what refuses fewer rows has said so.
        Judge(parts.Train, parts.Test, recipe, [], asked, withColumns);
    }

    private static void Judge(
        TrainingTable train, TrainingTable test, Recipe recipe, EstimatorChoice[] choices, ImmutableArray<MetricKind> metrics,
        bool withColumns)
    {
        if (withColumns)
        {
            var columns = Preparation.Of(recipe, train);
            var features = columns.FitTransform(train.Rows);
            foreach (var choice in choices)
                Check(choice, train, features, recipe.Seed);
            columns.Transform(test.Rows);
        }
        var best = Judgement.OfBest(test);
        foreach (var metric in metrics)
            metric.Figure(best);
    }

    private static void Check(EstimatorChoice choice, TrainingTable train, Features features, long seed)
    {
        var kind = EstimatorKinds.Find(choice.Kind)!;
        var options = new OptionValues(choice.Options, seed);
        if (train.Task == TaskKind.Classify)
            kind.Classifier!(options).CheckFit(features, train.Labels);
        else
            kind.Regressor!(options).CheckFit(features, train.Targets);
    }
}
