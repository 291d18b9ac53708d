using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Learning;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Training;

/// <summary>
/// Learns as a recipe says and makes a version of what was learned, in one transaction with the experiment's end. After a crash the next attempt goes
/// on from the last checkpoint: estimators that learn round by round from their rounds, searches from the candidates judged; everything else
/// begins again and comes to the same.
/// </summary>
internal sealed class TrainingJob(
    ExperimentStore experiments, VersionStore versions, IDatabase database, IBlobs blobs, RunningTrainings running, TrainingOptions options, TimeProvider time) : IJobHandler
{
    public const string JobKind = "train";

    public string Kind => JobKind;

    /// <summary>An experiment shows how its job ended.</summary>
    public bool KeepsJobs => true;

    /// <param name="context">Its input is the experiment's id.</param>
    public async Task<string> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var (tenant, id) = (context.Job.Tenant, context.Job.Input);
        var row = (await experiments.FindAsync(tenant, id, cancellationToken)).SingleOrDefault(e => e.Id == id) ?? throw TrainingErrors.NoExperiment(id);
        if (row.ReadOutcome() is { } already)
            return Output(id, already.Version);
        await experiments.BeginAsync(tenant, id, cancellationToken);
        var checkpoint = context.Checkpoint is { } text ? JsonSerializer.Deserialize(text, TrainingJson.Default.TrainingCheckpoint)! : new TrainingCheckpoint();
        var report = new TrainingReport(time, options.CheckpointEvery, progress =>
        {
            running.Set(tenant, id, progress);
            context.Report(new(progress.Done, progress.Total, progress.Step));
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<TrainingResult>? learning = null;
        try
        {
            var run = await ReadAsync(row, checkpoint, report, stop.Token);
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
                if (cancellationToken.IsCancellationRequested)
                    await ((Task)learning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            return Output(id, await EndAsync(context, row, await learning, cancellationToken));
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

    private static string Output(string experiment, int version) => $$"""{"experiment":"{{experiment}}","version":{{version}}}""";

    private async Task<Func<TrainingResult>> ReadAsync(ExperimentRow row, TrainingCheckpoint checkpoint, TrainingReport report, CancellationToken cancellationToken)
    {
        var recipe = row.ReadRecipe();
        var rounds = checkpoint.Rounds is { } blob && await blobs.ExistsAsync(blob, cancellationToken) ? await BytesAsync(blob, cancellationToken) : null;
        var data = await blobs.OpenAsync(row.DataHash, cancellationToken);
        return () =>
        {
            using (data)
            {
                var frame = TrainingData.Read(data, recipe.Data);
                var memory = options.MostMemory ?? Available();
                return new TrainingRun(recipe, checkpoint, rounds, report, time, cancellationToken).Run(frame, memory);
            }
        };
    }

    private static long Available()
    {
        var memory = GC.GetGCMemoryInfo();
        return Math.Max(0, memory.TotalAvailableMemoryBytes - Math.Max(memory.MemoryLoadBytes, Environment.WorkingSet));
    }

    private async Task<byte[]> BytesAsync(string blob, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenAsync(blob, cancellationToken);
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellationToken);
        return memory.ToArray();
    }

    private async Task<TrainingCheckpoint> WriteAsync(JobContext context, TrainingCheckpoint last, TrainingReport report, CancellationToken cancellationToken)
    {
        var (points, candidates, rounds, hasCheckpoint) = report.Take();
        if (points.Count > 0)
            await experiments.AddPointsAsync(context.Job.Tenant, context.Job.Input, points, cancellationToken);
        if (!hasCheckpoint)
            return last;
        var next = new TrainingCheckpoint
        {
            Candidates = candidates.IsEmpty ? last.Candidates : candidates,
            Rounds = rounds is null ? last.Rounds : await blobs.PutAsync(new MemoryStream(rounds), cancellationToken),
        };
        await context.SaveCheckpointAsync(JsonSerializer.Serialize(next, TrainingJson.Default.TrainingCheckpoint), cancellationToken);
        if (last.Rounds is { } before && before != next.Rounds)
            await blobs.DeleteAsync(before, cancellationToken);
        return next;
    }

    private async Task<int> EndAsync(JobContext context, ExperimentRow row, TrainingResult result, CancellationToken cancellationToken)
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
            await ExperimentStore.EndAsync(session, row.Tenant, row.Id, result.Outcome with { Artefacts = artefacts.ToImmutable(), Version = number });
            return number;
        }, cancellationToken);
        if (context.Checkpoint is { } text && JsonSerializer.Deserialize(text, TrainingJson.Default.TrainingCheckpoint)?.Rounds is { } rounds)
            await blobs.DeleteAsync(rounds, cancellationToken);
        return version;
    }
}
