using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>The computation of one training, from rows to a judged model. The same rows, recipe and code give the same model, also over a break.</summary>
internal sealed class TrainingRun(Recipe recipe, TrainingCheckpoint checkpoint, byte[]? rounds, TrainingReport report, TimeProvider time, CancellationToken cancellationToken)
{
    /// <exception cref="CairnException">The data are not what the recipe says, memory will not do, or learning diverged.</exception>
    public TrainingResult Run(Frame frame, long availableMemory)
    {
        var began = time.GetTimestamp();
        report.Phase("reading the data", 0, null);
        var table = TrainingTable.Of(frame, recipe);
        var metrics = MetricKind.For(recipe.Metrics, table.Task, table.Classes.Length);
        var searched = recipe.Search?.Metric is { } name ? MetricKind.For([name], table.Task, table.Classes.Length)[0] : metrics[0];
        MemoryEstimate.Require(table, recipe, availableMemory);
        var (trainRows, testRows) = TableSplit.Of(table, recipe);
        var (train, test) = (table.Take(trainRows), table.Take(testRows));
        var candidates = recipe.Search is { } search ? Search(train, search, searched) : [];
        var chosen = candidates.IsEmpty ? recipe.Estimator : recipe.Estimator.With(Best(candidates, searched).Options);
        var model = Fit(train, chosen, watched: true);
        report.Phase("judging", 0, null);
        var judgement = Judgement.Of(model, test);
        var notes = table.Notes.ToBuilder();
        ImmutableArray<MetricResult> results = [.. metrics.Select(m => Measure(m, judgement, notes)).OfType<MetricResult>()];
        var outcome = new ExperimentOutcome
        {
            Task = table.Task,
            TrainRows = trainRows.Length,
            TestRows = testRows.Length,
            Features = table.Features,
            Classes = table.Classes,
            Estimator = chosen,
            Metrics = results,
            Candidates = candidates,
            Notes = notes.ToImmutable(),
            Seconds = time.GetElapsedTime(began).TotalSeconds,
        };
        return new(model, outcome, InputSchema.Of(train, recipe, model), DataProfile.Of(train), TrainingPictures.Of(judgement, table.Classes));
    }

    /// <returns>null, with a note, where the rows kept from training are too few for a metric that nobody asked for by name (one class only, say).</returns>
    private MetricResult? Measure(MetricKind metric, Judgement judgement, ImmutableArray<string>.Builder notes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var interval = metric.Measure(judgement, recipe.Seed);
            return new(metric.Name, interval.Value, interval.Lower, interval.Upper, metric.HigherIsBetter);
        }
        catch (BadInputException error) when (recipe.Metrics.IsEmpty)
        {
            notes.Add($"'{metric.Name}' cannot be measured on the {judgement.Rows} rows kept from training: {error.Message}");
            return null;
        }
    }

    private ImmutableArray<CandidateResult> Search(TrainingTable train, RecipeSearch search, MetricKind metric)
    {
        var candidates = search.Candidates();
        // Those of an attempt before a break are not judged again.
        var judged = checkpoint.Candidates.Length <= candidates.Length ? checkpoint.Candidates : [];
        var folds = TableSplit.Folds(train, recipe, search.Folds);
        report.Phase("searching", judged.Length * folds.Count, candidates.Length * folds.Count);
        foreach (var options in candidates.Skip(judged.Length))
        {
            var scores = ImmutableArray.CreateBuilder<double>();
            foreach (var fold in folds)
            {
                cancellationToken.ThrowIfCancellationRequested();
                scores.Add(metric.Figure(Judgement.Of(Fit(train.Take(fold.Train), recipe.Estimator.With(options), watched: false), train.Take(fold.Test))));
                report.Advance($"searching: candidate {judged.Length + 1} of {candidates.Length}", (judged.Length * folds.Count) + scores.Count, candidates.Length * folds.Count);
            }
            judged = judged.Add(new(options, scores.ToImmutable()));
            report.Point("search", judged.Length, judged[^1].Mean);
            report.Candidates(judged);
        }
        return judged;
    }

    private static CandidateResult Best(ImmutableArray<CandidateResult> candidates, MetricKind metric)
        => metric.HigherIsBetter ? candidates.MaxBy(c => c.Mean)! : candidates.MinBy(c => c.Mean)!;

    private FittedModel Fit(TrainingTable train, EstimatorChoice choice, bool watched)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var kind = EstimatorKinds.Find(choice.Kind)!;
        var options = new OptionValues(choice.Options, recipe.Seed);
        var columns = Preparation.Of(recipe, train);
        var (classifier, regressor) = train.Task == TaskKind.Classify ? (kind.Classifier!(options), (IRegressor?)null) : (null, kind.Regressor!(options));
        Watch((object?)classifier ?? regressor!, watched);
        var features = columns.FitTransform(train.Rows);
        if (watched)
            report.Phase($"learning a {choice.Kind} from {features.Rows:N0} rows of {features.Columns:N0} columns", 0, null);
        classifier?.Fit(features, train.Labels);
        regressor?.Fit(features, train.Targets);
        return new(columns, classifier, regressor, train.Classes);
    }

    private void Watch(object estimator, bool watched)
    {
        if (estimator is not IObservableFit observable)
            return;
        var iterative = estimator as IIterative;
        if (watched && rounds is not null)
            iterative?.ResumeFrom(new MemoryStream(rounds));
        var first = true;
        observable.Observer = round =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!watched)
                return;
            if (first)
                report.Phase("learning", round.Number - 1, round.Total);
            first = false;
            if (round.Training is { } training)
                report.Point("training", round.Number, training);
            if (round.Validation is { } validation)
                report.Point("validation", round.Number, validation);
            report.Advance($"round {round.Number} of {round.Total}", round.Number, round.Total);
            if (iterative is not null)
                report.Rounds(iterative.SaveCheckpoint);
        };
    }
}
