using System.Collections.Immutable;
using System.Security.Cryptography;
using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.Logging;

namespace Cairn.Training;

/// <summary>
/// Learns as a recipe says and makes a version of what was learned, in one transaction with the experiment's end. After a crash the next
/// attempt goes on from the last checkpoint: estimators that learn round by round from their rounds, searches from the candidates judged;
/// everything else begins again and comes to the same.
/// </summary>
internal sealed partial class TrainingJob(
    ExperimentStore experiments,
    VersionStore versions,
    IDatabase database,
    IBlobs blobs,
    RunningTrainings running,
    TrainingMemory memory,
    TrainingOptions options,
    TimeProvider time,
    ILogger<TrainingJob> logger) : IJobHandler
{
    public const string JobKind = "train";

    public string Kind => JobKind;

    /// <summary>An experiment shows how its job ended.</summary>
    public bool KeepsJobs => true;

    /// <param name="context">Its input is the experiment's id.</param>
    public async Task<string> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var (tenant, id) = (context.Job.Tenant, context.Job.Input);
        var row = (await experiments.FindAsync(tenant, id, cancellationToken)).SingleOrDefault(e => e.Id == id)
            ?? throw TrainingErrors.NoExperiment(id);
        if (row.ReadOutcome() is { } already)
            return Output(id, already.Version);
        var checkpoint = TrainingCheckpoint.Read(context.Checkpoint);
        using var place = new TrainingPlace(memory, row.ReadRecipe());
        if (checkpoint.Memory is { } known && place.Take(known) is { } waits)
            await WaitAsync(context, checkpoint, known, waits);
        await experiments.BeginAsync(tenant, id, cancellationToken);
        var report = new TrainingReport(time, options.CheckpointEvery, progress =>
        {
            running.Set(tenant, id, progress);
            context.Report(new(progress.Done, progress.Total, progress.Step));
        });
        var left = new TrainingStop();
        if (row.ReadStop() is { } asked)
            left.Ask(asked);
        running.Begin(tenant, id, left);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<TrainingResult>? learning = null;
        try
        {
            (var run, checkpoint) = await ReadAsync(row, checkpoint, report, left, place, stop.Token);
            learning = Task.Run(run, CancellationToken.None);
            while (true)
            {
                using var written = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(learning, Task.Delay(options.WriteEvery, time, written.Token));
                await written.CancelAsync();
                var isOver = learning.IsCompleted;
                checkpoint = await WriteAsync(context, checkpoint, report, CancellationToken.None);
                if (isOver)
                    break;
                await SteerAsync(tenant, id, left);
                if (cancellationToken.IsCancellationRequested)
                    await ((Task)learning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            return Output(id, await EndAsync(context, row, checkpoint, await learning, cancellationToken));
        }
        catch (MemoryBusyException busy)
        {
            return await WaitAsync(context, checkpoint, busy.Bytes, busy.Message);
        }
        catch (Exception error) when (error is not (OperationCanceledException or CairnException))
        {
            throw TrainingErrors.Of(error);
        }
        finally
        {
            // Whatever ended the job ends the learning with it: the next attempt must not find it still at work.
            await stop.CancelAsync();
            if (learning is not null)
                await ((Task)learning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            running.Remove(tenant, id);
        }
    }

    /// <summary>
    /// Gives the worker free for other jobs until there is memory; what the training will take is kept, so that the data are not read for
    /// that again.
    /// </summary>
    /// <exception cref="JobPostponedException">Always.</exception>
    private async Task<string> WaitAsync(JobContext context, TrainingCheckpoint checkpoint, double bytes, string waits)
    {
        if (checkpoint.Memory != bytes)
            await context.SaveCheckpointAsync((checkpoint with { Memory = bytes }).ToJson(), CancellationToken.None);
        context.Report(new(0, null, waits));
        throw new JobPostponedException(options.MemoryEvery);
    }

    /// <summary>Writes down the stage, and looks whether somebody at another process asked to leave it off.</summary>
    private async Task SteerAsync(string tenant, string id, TrainingStop left)
    {
        if (left.TakeNewStage() is { } stage)
            await experiments.SetStageAsync(tenant, id, stage, CancellationToken.None);
        if (await experiments.StopOfAsync(tenant, id, CancellationToken.None) is { } asked)
            left.Ask(asked);
    }

    private static string Output(string experiment, int version) => $$"""{"experiment":"{{experiment}}","version":{{version}}}""";

    private async Task<(Func<TrainingResult> Run, TrainingCheckpoint Checkpoint)> ReadAsync(
        ExperimentRow row, TrainingCheckpoint checkpoint, TrainingReport report, TrainingStop left, TrainingPlace place,
        CancellationToken cancellationToken)
    {
        var recipe = row.ReadRecipe();
        var rounds = new List<SavedRounds>();
        foreach (var blob in checkpoint.Blobs)
        {
            if (await WholeAsync(blob, cancellationToken) is { } bytes)
                rounds.Add(SavedRounds.Read(blob, bytes));
            else
                checkpoint = checkpoint with { Notes = checkpoint.Notes.Add(Damaged(row.Id, blob)) };
        }
        var data = await blobs.OpenAsync(row.DataHash, cancellationToken);
        var from = checkpoint;
        return (() =>
        {
            using (data)
                return new TrainingRun(recipe, from, rounds, report, left, time, cancellationToken)
                    .Run(TrainingData.Read(data, recipe.Data), place.Require);
        }, checkpoint);
    }

    /// <returns>null where it is gone or not what was written: a blob's name is the hash of its bytes.</returns>
    private async Task<byte[]?> WholeAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await BytesAsync(blob, cancellationToken);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == blob ? bytes : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string Damaged(string experiment, string blob)
    {
        LogDamaged(logger, experiment, blob);
        return $"The checkpoint {blob[..12]} of an earlier attempt is damaged or gone; the training went on without it.";
    }

    private async Task<byte[]> BytesAsync(string blob, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenAsync(blob, cancellationToken);
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellationToken);
        return memory.ToArray();
    }

    private async Task<TrainingCheckpoint> WriteAsync(
        JobContext context, TrainingCheckpoint last, TrainingReport report, CancellationToken cancellationToken)
    {
        var (points, candidates, rounds, hasCheckpoint) = report.Take();
        if (points.Count > 0)
            await experiments.AddPointsAsync(context.Job.Tenant, context.Job.Input, points, cancellationToken);
        if (!hasCheckpoint)
            return last;
        var next = last with
        {
            Candidates = candidates.IsEmpty ? last.Candidates : candidates,
        };
        if (rounds is var (learned, bytes))
        {
            next = next with
            {
                Rounds = await blobs.PutAsync(SavedRounds.FileOf(bytes, context.Job.Input), cancellationToken),
                Learned = learned,
                Earlier = learned.IsSame(last.Learned) ? last.Rounds : null,
            };
        }
        await context.SaveCheckpointAsync(next.ToJson(), cancellationToken);
        foreach (var passed in last.Blobs.Except(next.Blobs))
            await blobs.DeleteAsync(passed, cancellationToken);
        return next;
    }

    private async Task<int> EndAsync(
        JobContext context, ExperimentRow row, TrainingCheckpoint checkpoint, TrainingResult result, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        result.Model.Write(file);
        var artefacts = ImmutableArray.CreateBuilder<Artefact>();
        foreach (var (name, mediaType, bytes) in result.Files.Insert(0, ("model.safetensors", "application/octet-stream", file.ToArray())))
            artefacts.Add(new(name, mediaType, await blobs.PutAsync(new MemoryStream(bytes), cancellationToken), bytes.Length));
        var version = await database.WriteAsync(Durability.Full, async session =>
        {
            await context.RequireLeaseAsync(session);
            var number = await versions.AddAsync(session, row, artefacts[0].Blob, result.Input, result.Profile);
            await ExperimentStore.EndAsync(session, row.Tenant, row.Id,
                result.Outcome with { Artefacts = artefacts.ToImmutable(), Version = number });
            return number;
        }, cancellationToken);
        foreach (var blob in checkpoint.Blobs)
            await blobs.DeleteAsync(blob, cancellationToken);
        return version;
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The checkpoint {Blob} of the training {Experiment} is damaged or gone; it goes on without it")]
    private static partial void LogDamaged(ILogger logger, string experiment, string blob);
}
