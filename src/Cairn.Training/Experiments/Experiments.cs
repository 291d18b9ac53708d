using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Training;

internal sealed class Experiments(
    ExperimentStore store,
    IBlobs blobs,
    IJobs jobs,
    RunningTrainings running,
    TrainingMemory memory,
    IAccess access,
    IIdentifiers identifiers,
    TimeProvider time) : IExperiments
{
    // To look at more would keep the person waiting longer than the look is worth.
    private const long MostPlannedBytes = 100L << 20;

    private const double MostRehearsedBytes = 128 << 20;

    private const string NotRehearsed = "So many columns are not prepared beforehand; the training may still refuse what they become.";

    private static readonly string CodeVersion =
        typeof(Experiments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public async Task<Experiment> StartAsync(Principal caller, Recipe recipe, CancellationToken cancellationToken)
    {
        TrainingRight.Require(access, caller);
        var (hash, bytes) = await KeepAsync(recipe.Data.File, cancellationToken);
        var row = new ExperimentRow
        {
            Tenant = caller.Tenant,
            Id = identifiers.New(),
            Model = recipe.Name,
            Job = "",
            UserName = caller.User ?? "",
            Recipe = JsonSerializer.Serialize(recipe, TrainingJson.Default.Recipe),
            DataHash = hash,
            DataBytes = bytes,
            CodeVersion = CodeVersion,
            Created = time.GetUtcNow(),
        };
        await store.AddAsync(row, cancellationToken);
        return await StateOfAsync(row, cancellationToken);
    }

    public Task<TrainingPlan> PlanAsync(Principal caller, Recipe recipe, CancellationToken cancellationToken)
    {
        TrainingRight.Require(access, caller);
        return Task.Run(() => Plan(recipe), cancellationToken);
    }

    public async Task<IReadOnlyList<Experiment>> ListAsync(Principal caller, string? model, int limit, CancellationToken cancellationToken)
    {
        TrainingRight.Require(access, caller);
        var found = new List<Experiment>();
        foreach (var row in await store.ListAsync(caller.Tenant, model, Math.Clamp(limit, 1, 500), cancellationToken))
            found.Add(await StateOfAsync(row, cancellationToken));
        return found;
    }

    public async Task<Experiment> FindAsync(Principal caller, string id, CancellationToken cancellationToken)
        => await StateOfAsync(await RowAsync(caller, id, cancellationToken), cancellationToken);

    public async Task<Experiment> CancelAsync(Principal caller, string id, CancellationToken cancellationToken)
    {
        var experiment = await FindAsync(caller, id, cancellationToken);
        if (experiment.Status is not (ExperimentStatus.Queued or ExperimentStatus.Running))
            throw TrainingErrors.Ended(experiment.Id, experiment.Status);
        await jobs.CancelAsync(caller.Tenant, experiment.Job, cancellationToken);
        return await FindAsync(caller, experiment.Id, cancellationToken);
    }

    public async Task<Experiment> StopAsync(Principal caller, string id, CancellationToken cancellationToken)
    {
        var row = await RowAsync(caller, id, cancellationToken);
        var experiment = await StateOfAsync(row, cancellationToken);
        if (experiment.Status is not (ExperimentStatus.Queued or ExperimentStatus.Running))
            throw TrainingErrors.Ended(row.Id, experiment.Status);
        // One that reads its data or waits for memory would end after its first round.
        if ((running.FindStop(row.Tenant, row.Id)?.Stage ?? row.ReadStage()) is not { } stage)
            throw TrainingErrors.NotBegun(row.Id);
        if (stage == TrainingStage.Learning && !EstimatorKinds.Find(experiment.Recipe.Estimator.Kind)!.HasRounds)
            throw TrainingErrors.NoRounds(row.Id, experiment.Recipe.Estimator.Kind);
        await store.StopAsync(row.Tenant, row.Id, stage, cancellationToken);
        // Where it runs elsewhere its job looks into the database a few times a second.
        running.FindStop(row.Tenant, row.Id)?.Ask(stage);
        return experiment with { Stopping = stage };
    }

    public async Task<IReadOnlyList<CurvePoint>> CurvesAsync(Principal caller, string id, CancellationToken cancellationToken)
        => await store.PointsAsync(caller.Tenant, (await RowAsync(caller, id, cancellationToken)).Id, cancellationToken);

    public async Task<Stream> OpenArtefactAsync(Principal caller, string id, string name, CancellationToken cancellationToken)
    {
        var artefact = (await RowAsync(caller, id, cancellationToken)).ReadOutcome()?.Artefacts.FirstOrDefault(a => a.Name == name)
            ?? throw new CairnException(ErrorKind.NotFound, "artefact.unknown", $"The experiment has no artefact '{name}'.",
                $"See those it has: cairn experiments show {id}");
        return await blobs.OpenAsync(artefact.Blob, cancellationToken);
    }

    public async IAsyncEnumerable<Experiment> FollowAsync(
        Principal caller, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var experiment = await FindAsync(caller, id, cancellationToken);
        await foreach (var _ in jobs.FollowAsync(caller.Tenant, experiment.Job, cancellationToken))
            yield return await FindAsync(caller, experiment.Id, cancellationToken);
    }

    private TrainingPlan Plan(Recipe recipe)
    {
        try
        {
            using var content = new FileStream(
                recipe.Data.File, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            var bytes = content.Length;
            if (bytes > MostPlannedBytes)
                throw TrainingErrors.TooLargeToPlan(recipe.Data.File, bytes);
            var table = TrainingTable.Of(TrainingData.Read(content, recipe.Data), recipe);
            var bytesTaken = MemoryEstimate.Of(table, recipe);
            var room = memory.RoomFor(bytesTaken);
            var withColumns = bytesTaken <= Math.Min(MostRehearsedBytes, room.Now);
            Rehearsal.Run(table, recipe, withColumns);
            return new()
            {
                Model = recipe.Name,
                Task = table.Task,
                DataBytes = bytes,
                Rows = table.Rows.RowCount,
                Features = table.Features,
                Classes = table.Classes,
                Fits = 1 + (recipe.Search is { } search ? search.Candidates().Length * search.Folds : 0),
                Memory = bytesTaken,
                MemoryLeft = room.Now,
                MemoryWhole = room.Alone,
                Notes = withColumns ? table.Notes : table.Notes.Add(NotRehearsed),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TrainingErrors.DataFile(recipe.Data.File, error);
        }
        catch (Exception error) when (error is not CairnException)
        {
            throw TrainingErrors.Of(error);
        }
    }

    private async Task<(string Hash, long Bytes)> KeepAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var bytes = content.Length;
            if (bytes > TrainingData.MostBytes)
                throw new CairnException(ErrorKind.TooLarge, "training.data-size",
                    $"{file} has {bytes:N0} bytes; {TrainingData.MostBytes:N0} are read at most.", "Learn from a sample of its rows.");
            return (await blobs.PutAsync(content, cancellationToken), bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested)
        {
            throw TrainingErrors.DataFile(file, error);
        }
    }

    private async Task<ExperimentRow> RowAsync(Principal caller, string id, CancellationToken cancellationToken)
    {
        TrainingRight.Require(access, caller);
        var found = id.Length == 0 ? [] : await store.FindAsync(caller.Tenant, id.ToLowerInvariant(), cancellationToken);
        return found.Count switch
        {
            0 => throw TrainingErrors.NoExperiment(id),
            1 => found[0],
            _ => found.FirstOrDefault(e => e.Id == id)
                ?? throw new CairnException(ErrorKind.Input, "experiment.ambiguous", $"Several experiments begin with '{id}'.",
                    "Write more of its id."),
        };
    }

    private TrainingStage StageOf(ExperimentRow row)
        => running.FindStop(row.Tenant, row.Id)?.Stage ?? row.ReadStage()
            ?? (row.ReadRecipe().Search is null ? TrainingStage.Learning : TrainingStage.Search);

    /// <summary>An experiment whose process died before its job was enqueued gets it now: the key makes that one job.</summary>
    private async Task<Experiment> StateOfAsync(ExperimentRow row, CancellationToken cancellationToken)
    {
        if (row.Job.Length == 0)
        {
            var made = await jobs.EnqueueAsync(new JobRequest
            {
                Tenant = row.Tenant,
                Kind = TrainingJob.JobKind,
                Input = row.Id,
                Key = row.Id,
            }, cancellationToken);
            await store.SetJobAsync(row.Tenant, row.Id, made.Id, cancellationToken);
            row = row with { Job = made.Id };
        }
        var job = await jobs.FindAsync(row.Tenant, row.Job, cancellationToken);
        var outcome = row.ReadOutcome();
        var status = outcome is not null ? ExperimentStatus.Done : job?.Status switch
        {
            JobStatus.Queued => ExperimentStatus.Queued,
            JobStatus.Running => ExperimentStatus.Running,
            JobStatus.Cancelled => ExperimentStatus.Cancelled,
            _ => ExperimentStatus.Failed,
        };
        var isOver = status is not (ExperimentStatus.Queued or ExperimentStatus.Running);
        return new()
        {
            Id = row.Id,
            Model = row.Model,
            Status = status,
            Job = row.Job,
            User = row.UserName,
            Recipe = row.ReadRecipe(),
            DataHash = row.DataHash,
            DataBytes = row.DataBytes,
            CodeVersion = row.CodeVersion,
            Created = row.Created,
            Started = row.Started,
            Finished = job?.Finished,
            Progress = isOver ? null : running.Find(row.Tenant, row.Id)
                ?? (job?.Progress is { } p ? new(p.Done, p.Total, p.Step, null) : null),
            Stopping = !isOver && row.ReadStop() is { } stop && stop == StageOf(row) ? stop : null,
            Outcome = outcome,
            Error = status == ExperimentStatus.Done ? null : job?.Error,
        };
    }
}
