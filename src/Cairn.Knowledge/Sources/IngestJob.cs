using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Knowledge;

/// <summary>
/// The durable ingestion: everything new and changed first, then what is gone, then who takes whose place. Each step can be done again, so
/// an attempt after a crash starts from the beginning and its report still counts what earlier attempts did.
/// </summary>
internal sealed class IngestJob(
    IDatabase database, FilePreparation preparation, AccessSets sets, SourceLocks locks, IngestionOptions options, IIdentifiers identifiers,
    TimeProvider time) : IJobHandler
{
    public string Kind => IIngestion.JobKind;

    public async Task<string> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var input = JsonSerializer.Deserialize(context.Job.Input, KnowledgeJson.Default.IngestInput)!;
        using var alone = await locks.EnterAsync(context.Job.Tenant, input.Source, cancellationToken);
        try
        {
            var report = await RunAsync(context, input, cancellationToken);
            return JsonSerializer.Serialize(report, KnowledgeJson.Default.IngestReport);
        }
        catch (Exception e) when (IngestErrors.IsDiskFull(e))
        {
            throw IngestErrors.DiskFull(options.Scratch, e);
        }
    }

    private async Task<IngestReport> RunAsync(JobContext context, IngestInput input, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var source = await database.ReadAsync(s => SourceStore.FindAsync(s, context.Job.Tenant, input.Source), cancellationToken)
            ?? throw IngestErrors.NoSource(input.Source);
        var definition = source.Definition;
        var paths = Paths(input, definition);
        context.Report(new JobProgress(0, null, "looking for files"));
        var total = new FolderScan(definition).Files(paths).LongCount();
        var scan = new FolderScan(definition);
        var done = 0L;
        var run = new IngestRun(database, preparation, options, identifiers, time, context, source, input.Rescan, count =>
        {
            done += count;
            context.Report(new JobProgress(done, Math.Max(total, done), "reading files"));
        });
        var unchanged = await run.RunAsync(scan.Files(paths), cancellationToken);
        context.Report(new JobProgress(done, done, "looking for removed files"));
        await RemoveAsync(context, definition, scan, paths, cancellationToken);
        return await FinishAsync(context, definition.Name, unchanged, scan.Failures, time.GetElapsedTime(started), cancellationToken);
    }

    private static ImmutableArray<string> Paths(IngestInput input, SourceDefinition source)
    {
        if (source.Roots.IsEmpty)
            throw IngestErrors.NoFolder(source.Name);
        // A disk that is not mounted is no reason to forget what stood on it.
        foreach (var root in source.Roots.Where(r => !Directory.Exists(r.Folder) && (input.Paths.IsEmpty || input.Paths.Any(r.Holds))))
            throw IngestErrors.FolderMissing(source.Name, root.Folder);
        var asked = input.Paths.IsEmpty ? source.Roots.Select(r => r.Folder) : input.Paths.Where(p => source.RootOf(p) is not null);
        // A path below another asked-for one would be read twice.
        var distinct = asked.Distinct().ToList();
        return [.. distinct.Where(p => !distinct.Any(other => other != p && new SourceRoot(other, "").Holds(p)))
            .Order(StringComparer.Ordinal)];
    }

    private async Task RemoveAsync(
        JobContext context, SourceDefinition source, FolderScan scan, ImmutableArray<string> paths, CancellationToken cancellationToken)
    {
        var (tenant, job) = (context.Job.Tenant, context.Job.Id);
        for (var after = ""; ;)
        {
            var from = after;
            var rows = await database.ReadAsync(s => DocumentTable.FromFilesAsync(s, tenant, source.Name, from), cancellationToken);
            if (rows.Count == 0)
                return;
            after = rows[^1].Id;
            var gone = rows.Where(r => IsGone(r.Path, source, scan, paths)).ToList();
            if (gone.Count > 0)
            {
                await database.WriteAsync(
                    Durability.Derived,
                    async s =>
                    {
                        await context.RequireLeaseAsync(s);
                        await DocumentTable.RemoveAsync(s, tenant, gone, job, time.GetUtcNow().ToUnixTimeMilliseconds());
                    },
                    cancellationToken);
            }
        }
    }

    /// <summary>Only what lies in the asked-for paths can be gone; what lies in a folder that could not be read just now is not.</summary>
    private static bool IsGone(string path, SourceDefinition source, FolderScan scan, ImmutableArray<string> paths)
    {
        if (source.RootOfPath(path) is not { } root)
            return false;
        var file = root.FileOf(path);
        if (!paths.Any(p => new SourceRoot(p, "").Holds(file)))
            return false;
        if (scan.Failures.FirstOrDefault(f => path.StartsWith(f.Path, StringComparison.Ordinal)) is { } folder)
            return !folder.Unreadable;
        return !scan.Includes(root, path) || Presence.IsGone(file);
    }

    private async Task<IngestReport> FinishAsync(
        JobContext context, string source, int unchanged, IReadOnlyList<ScannedFolder> folders, TimeSpan elapsed,
        CancellationToken cancellationToken)
        => await database.WriteAsync(
            Durability.Full,
            async session =>
            {
                await context.RequireLeaseAsync(session);
                var (tenant, job) = (context.Job.Tenant, context.Job.Id);
                await Superseding.ApplyAsync(session, sets, tenant, source);
                await SourceStore.IngestedAsync(session, tenant, source, time.GetUtcNow().ToUnixTimeMilliseconds());
                var (counts, passages) = await DocumentTable.CountAsync(session, tenant, job);
                var failures = await DocumentTable.FailuresAsync(session, tenant, job);
                return new IngestReport
                {
                    Source = source,
                    Documents = counts with { Unchanged = unchanged, Failed = counts.Failed + folders.Count },
                    Failures = [.. folders.Select(f => new IngestFailure(f.Path, f.Reason)), .. failures],
                    Chunks = passages,
                    Seconds = Math.Round(elapsed.TotalSeconds, 3),
                };
            },
            cancellationToken);
}
