using System.Threading.Channels;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Knowledge;

/// <summary>
/// One attempt at an ingestion: scan, prepare beside each other, write in batches. It keeps nothing that grows with the corpus, and
/// nothing that a crash could take: an attempt after a crash walks everything again and finds most of it done.
/// </summary>
internal sealed class IngestRun(
    IDatabase database, FilePreparation preparation, IngestionOptions options, IIdentifiers identifiers, TimeProvider time,
    JobContext context, StoredSource source, bool rescan, Action<int> written)
{
    /// <summary>Files whose rows are looked up together, and written together at least; what else is ready joins them.</summary>
    private const int BatchFiles = 64;

    /// <summary>A batch closes early beyond this many bytes of files, to bound what is held.</summary>
    private const long BatchBytes = 1L << 20;

    /// <summary>
    /// Batches between the scan and the commit, beside those that workers have: what is held does not grow with the corpus, nor when the
    /// writer is slow. One transaction takes all that are ready.
    /// </summary>
    private const int BatchesWaiting = 2;

    private readonly string _tenant = context.Job.Tenant;
    private int _unchanged;
    private bool _mayMove;

    public async Task<int> RunAsync(IEnumerable<ScannedFile> files, CancellationToken cancellationToken)
    {
        // In a source without documents nothing can have moved, and a first ingestion is the one that people wait for.
        _mayMove = await database.ReadAsync(s => DocumentTable.AnyAsync(s, _tenant, source.Definition.Name), cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scanned = Channel.CreateBounded<List<ScannedFile>>(new BoundedChannelOptions(options.Workers) { SingleWriter = true });
        var prepared = Channel.CreateBounded<List<PreparedFile>>(new BoundedChannelOptions(options.Workers) { SingleReader = true });
        using var room = new SemaphoreSlim(options.Workers + BatchesWaiting);
        var scan = Task.Run(() => ScanAsync(files, scanned.Writer, room, stop.Token), CancellationToken.None);
        var workers = Enumerable.Range(0, options.Workers)
            .Select(_ => Task.Run(() => PrepareAsync(scanned.Reader, prepared.Writer, stop.Token), CancellationToken.None)).ToArray();
        var working = CompleteAsync(prepared.Writer, [scan, .. workers]);
        try
        {
            await foreach (var batch in prepared.Reader.ReadAllAsync(stop.Token))
            {
                var batches = 1;
                for (; prepared.Reader.TryRead(out var more); batches++)
                    batch.AddRange(more);
                var again = await WriteAsync(batch, stop.Token);
                while (again.Count > 0)
                {
                    // Two files claimed one renamed document, or a row changed under way: read those files after all.
                    var reread = new List<PreparedFile>();
                    foreach (var file in again)
                        reread.Add(await preparation.PrepareAsync(file, null, false, null, stop.Token));
                    again = await WriteAsync(reread, stop.Token);
                }
                written(batch.Count);
                room.Release(batches);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await working;
        return _unchanged;
    }

    private static async Task ScanAsync(
        IEnumerable<ScannedFile> files, ChannelWriter<List<ScannedFile>> batches, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var batch = new List<ScannedFile>();
            var bytes = 0L;
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                batch.Add(file);
                bytes += file.Length;
                if (batch.Count < BatchFiles && bytes < BatchBytes)
                    continue;
                await room.WaitAsync(cancellationToken);
                await batches.WriteAsync(batch, cancellationToken);
                (batch, bytes) = ([], 0);
            }
            if (batch.Count == 0)
                return;
            await room.WaitAsync(cancellationToken);
            await batches.WriteAsync(batch, cancellationToken);
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            batches.Complete(failure);
        }
    }

    private async Task PrepareAsync(
        ChannelReader<List<ScannedFile>> batches, ChannelWriter<List<PreparedFile>> results, CancellationToken cancellationToken)
    {
        Func<string, Task<DocumentRow?>>? moved = _mayMove ? hash => MovedAsync(hash, cancellationToken) : null;
        await foreach (var batch in batches.ReadAllAsync(cancellationToken))
        {
            var paths = batch.Select(f => f.Path).ToArray();
            var rows = await database.ReadAsync(s => DocumentTable.AtAsync(s, _tenant, source.Definition.Name, paths), cancellationToken);
            var known = rows.ToDictionary(r => r.Path);
            // What is read in this process is done when the call returns; what is read by another one waits for it together.
            var done = await Task.WhenAll(
                batch.Select(f => preparation.PrepareAsync(f, known.GetValueOrDefault(f.Path), rescan, moved, cancellationToken)));
            await results.WriteAsync([.. done], cancellationToken);
        }
    }

    private async Task<DocumentRow?> MovedAsync(string hash, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(s => DocumentTable.WithHashAsync(s, _tenant, source.Definition.Name, hash), cancellationToken);
        return rows.FirstOrDefault(r => source.Definition.RootOfPath(r.Path) is { } root && Presence.IsGone(root.FileOf(r.Path)));
    }

    private async Task<IReadOnlyList<ScannedFile>> WriteAsync(List<PreparedFile> batch, CancellationToken cancellationToken)
    {
        var (unchanged, again) = await database.WriteAsync(
            Durability.Derived,
            async session =>
            {
                await context.RequireLeaseAsync(session);
                // The source as it is now: its rules may have changed since the job began.
                var current = await SourceStore.FindAsync(session, _tenant, source.Definition.Name) ?? source;
                var writer = new DocumentWriter(session, _tenant, current, context.Job.Id, identifiers,
                    time.GetUtcNow().ToUnixTimeMilliseconds());
                await writer.ApplyAsync(batch);
                return (writer.Unchanged, writer.Again);
            },
            cancellationToken);
        _unchanged += unchanged;
        return again;
    }

    /// <summary>
    /// Ends the results when all work is done, or as soon as one part of it fails: the others may be waiting for that one.
    /// </summary>
    private static async Task CompleteAsync(ChannelWriter<List<PreparedFile>> results, IEnumerable<Task> work)
    {
        await Task.WhenAll(work.Select(async part =>
        {
            try
            {
                await part;
            }
            catch (Exception e)
            {
                results.TryComplete(e);
                throw;
            }
        }));
        results.TryComplete();
    }
}
