using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>
/// The computation of one training, from rows to a judged model. The same rows, recipe and code give the same model, also over a break.
/// </summary>
/// <param name="rounds">What earlier attempts learned in the last stage, newest first.</param>
internal sealed class TrainingRun(
    Recipe recipe,
    TrainingCheckpoint checkpoint,
    IReadOnlyList<SavedRounds> rounds,
    TrainingReport report,
    TrainingStop left,
    TimeProvider time,
    CancellationToken cancellationToken)
{
    private readonly List<EarlyStop> stopped = [];
    private readonly List<string> notes = [.. checkpoint.Notes];

    /// <param name="requireMemory">Throws where the memory will not do.</param>
    /// <exception cref="CairnException">The data are not what the recipe says, memory will not do, or learning diverged.</exception>
    public TrainingResult Run(Frame frame, Action<TrainingTable> requireMemory)
    {
        var began = time.GetTimestamp();
        report.Phase("reading the data", 0, null);
        var table = TrainingTable.Of(frame, recipe);
        requireMemory(table);
        var parts = TrainingParts.Of(table, recipe);
        var (train, test) = (parts.Train, parts.Test);
        var candidates = recipe.Search is { } search ? Search(train, search, parts.Searched) : [];
        var chosen = candidates.IsEmpty ? recipe.Estimator : recipe.Estimator.With(Best(candidates, parts.Searched).Options);
        left.Enter(TrainingStage.Learning);
        var model = FitFromRounds(train, chosen);
        report.Phase("judging", 0, null);
        var judgement = Judgement.Of(model, test);
        notes.InsertRange(0, table.Notes);
        ImmutableArray<MetricResult> results = [.. parts.Metrics.Select(m => Measure(m, judgement)).OfType<MetricResult>()];
        var importance = recipe.Importance is { } asked ? ImportanceOf(model, test, asked, parts.Valued) : null;
        var outcome = new ExperimentOutcome
        {
            Task = table.Task,
            TrainRows = train.Rows.RowCount,
            TestRows = test.Rows.RowCount,
            Features = table.Features,
            Classes = table.Classes,
            Estimator = chosen,
            Metrics = results,
            Importance = importance,
            Candidates = candidates,
            Stopped = [.. stopped],
            Notes = [.. notes],
            Seconds = time.GetElapsedTime(began).TotalSeconds,
        };
        var pictures = TrainingPictures.Of(judgement, table.Classes);
        if (importance is not null)
            pictures = pictures.Add(TrainingPictures.Of(importance));
        return new(model, outcome, InputSchema.Of(train, recipe, model), DataProfile.Of(train), pictures);
    }

    /// <returns>null, with a note, where the rows kept from training are too few for the metric.</returns>
    private MeasuredImportance? ImportanceOf(FittedModel model, TrainingTable test, RecipeImportance asked, MetricKind metric)
    {
        string[] columns = [.. test.Features.Select(f => f.Name)];
        var (done, total) = (0L, (long)columns.Length * asked.Repeats);
        double? whole = null;
        report.Phase("measuring what each column is worth", 0, total);
        try
        {
            var falls = PermutationImportance.Of(test.Rows, columns, Score, asked.Repeats, recipe.Seed);
            var found = columns.Zip(falls, (name, fall) => new ColumnImportance(name, fall.Mean, fall.Deviation));
            return new(
                metric.Name, whole!.Value, asked.Repeats,
                [.. found.OrderByDescending(c => c.Mean).ThenBy(c => c.Name, StringComparer.Ordinal)]);
        }
        catch (BadInputException error)
        {
            notes.Add($"What each column is worth cannot be measured by '{metric.Name}' on the {test.Rows.RowCount} rows kept from "
                + $"training: {error.Message}");
            return null;
        }

        double Score(Frame rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var figure = metric.Figure(Judgement.Of(model, test with { Rows = rows }));
            // The first one is that of the rows as they are.
            if (whole is null)
                whole = figure;
            else
                report.Advance("measuring what each column is worth", ++done, total);
            return metric.HigherIsBetter ? figure : -figure;
        }
    }

    /// <returns>null, with a note, where the rows kept from training are too few for a metric that nobody asked for by name (one class
    /// only, say).</returns>
    private MetricResult? Measure(MetricKind metric, Judgement judgement)
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
        left.Enter(TrainingStage.Search);
        var candidates = search.Candidates();
        // Those of an attempt before a break are not judged again.
        var judged = checkpoint.Candidates.Length <= candidates.Length ? checkpoint.Candidates : [];
        var folds = TableSplit.Folds(train, recipe, search.Folds);
        report.Phase("searching", judged.Length * folds.Count, candidates.Length * folds.Count);
        while (judged.Length < candidates.Length && Judge(candidates[judged.Length], judged.Length) is { } result)
        {
            judged = judged.Add(result);
            report.Point("search", judged.Length, result.Mean);
            report.Candidates(judged);
        }
        if (judged.Length < candidates.Length)
            stopped.Add(new(TrainingStage.Search, judged.Length, candidates.Length));
        return judged;

        // null where the search is left off with what it has.
        CandidateResult? Judge(ImmutableSortedDictionary<string, string> options, int before)
        {
            var scores = ImmutableArray.CreateBuilder<double>();
            foreach (var fold in folds)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (before > 0 && left.IsAsked(TrainingStage.Search))
                    return null;
                var model = Fit(train.Take(fold.Train), recipe.Estimator.With(options), Watch);
                scores.Add(metric.Figure(Judgement.Of(model, train.Take(fold.Test))));
                report.Advance(
                    $"searching: candidate {before + 1} of {candidates.Length}",
                    (before * folds.Count) + scores.Count,
                    candidates.Length * folds.Count);
            }
            return new(options, scores.ToImmutable());
        }

        void Watch(object estimator)
        {
            if (estimator is IObservableFit observable)
                observable.Observer = _ => cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static CandidateResult Best(ImmutableArray<CandidateResult> candidates, MetricKind metric)
        => metric.HigherIsBetter ? candidates.MaxBy(c => c.Mean)! : candidates.MinBy(c => c.Mean)!;

    /// <summary>Goes on from the newest rounds that can be gone on from; those that cannot are named in a note.</summary>
    private FittedModel FitFromRounds(TrainingTable train, EstimatorChoice choice)
    {
        var isOfChoice = choice.IsSame(checkpoint.Learned ?? recipe.Estimator);
        if (!isOfChoice && rounds.Count > 0)
        {
            notes.Add(
                "The rounds of an earlier attempt were learned with other options than those chosen now; the training went on without them.");
        }
        foreach (var saved in isOfChoice ? rounds : [])
        {
            var isUnderWay = false;
            try
            {
                return Fit(train, choice, estimator => Watch(estimator, choice, saved, () => isUnderWay = true), isShown: true);
            }
            catch (Exception error) when (error is InvalidDataException or BadInputException && !isUnderWay)
            {
                notes.Add($"The checkpoint {saved.Blob[..12]} of an earlier attempt cannot be gone on from ({error.Message}); "
                    + "the training went on without it.");
            }
        }
        return Fit(train, choice, estimator => Watch(estimator, choice, saved: null, () => { }), isShown: true);
    }

    private FittedModel Fit(TrainingTable train, EstimatorChoice choice, Action<object> watch, bool isShown = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var kind = EstimatorKinds.Find(choice.Kind)!;
        var options = new OptionValues(choice.Options, recipe.Seed);
        var columns = Preparation.Of(recipe, train);
        var (classifier, regressor) = train.Task == TaskKind.Classify
            ? (kind.Classifier!(options), (IRegressor?)null)
            : (null, kind.Regressor!(options));
        watch((object?)classifier ?? regressor!);
        var features = columns.FitTransform(train.Rows);
        if (isShown)
            report.Phase($"learning a {choice.Kind} from {features.Rows:N0} rows of {features.Columns:N0} columns", 0, null);
        classifier?.Fit(features, train.Labels);
        regressor?.Fit(features, train.Targets);
        return new(columns, classifier, regressor, train.Classes);
    }

    /// <param name="begun">Called with the first round.</param>
    private void Watch(object estimator, EstimatorChoice choice, SavedRounds? saved, Action begun)
    {
        if (estimator is not IObservableFit observable)
            return;
        var iterative = estimator as IIterative;
        if (saved is not null)
            iterative?.ResumeFrom(new MemoryStream(saved.Bytes));
        var first = true;
        observable.Observer = round =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (first)
            {
                begun();
                report.Phase("learning", round.Number - 1, round.Total);
            }
            first = false;
            if (round.Training is { } training)
                report.Point("training", round.Number, training);
            if (round.Validation is { } validation)
                report.Point("validation", round.Number, validation);
            report.Advance($"round {round.Number} of {round.Total}", round.Number, round.Total);
            if (iterative is null)
                return;
            report.Rounds(choice, iterative.SaveCheckpoint);
            if (round.Number == round.Total || !left.IsAsked(TrainingStage.Learning))
                return;
            stopped.Add(new(TrainingStage.Learning, round.Number, round.Total));
            iterative.EndFit();
        };
    }
}
