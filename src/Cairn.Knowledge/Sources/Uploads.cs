using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Takes single files in, at once: an upload is a document when the call returns, and searchable.</summary>
internal sealed class Uploads(
    IDatabase database, IChangeFeed feed, IIndexProgress index, FileReader reader, FilePreparation preparation, AccessSets sets,
    IngestionOptions options, IIdentifiers identifiers, TimeProvider time)
{
    /// <param name="allow">Who may read it; empty: whoever uploads it.</param>
    public async Task<IngestReport> TakeAsync(
        Principal caller, string source, string path, IReadOnlyList<string> allow, Stream content, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var stored = await database.ReadAsync(s => SourceStore.FindAsync(s, caller.Tenant, source), cancellationToken);
        if (stored is { Retired: false, Definition.Declared: true })
            throw IngestErrors.DeclaredFolder(source);
        var prepared = await PrepareAsync(caller, path, allow, content, cancellationToken);
        if (prepared.Failure is not null)
            return Report(source, new IngestCounts(0, 0, 0, 0, 1), 0, started) with { Failures = [new IngestFailure(path,
                prepared.Failure)] };
        var job = identifiers.New();
        var (counts, passages) = await database.WriteAsync(Durability.Full, session => StoreAsync(session, caller, source, job, prepared),
            cancellationToken);
        await index.WaitUntilAsync(await feed.HeadAsync(cancellationToken), cancellationToken);
        return Report(source, counts, passages, started);
    }

    private async Task<PreparedFile> PrepareAsync(
        Principal caller, string path, IReadOnlyList<string> allow, Stream content, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            using var copy = await reader.ReceiveAsync(content, path, options.MaxFileBytes, now, cancellationToken);
            var prepared = new PreparedFile
            {
                File = new ScannedFile { Path = path, File = copy.Path!, Root = options.Scratch, Length = copy.Length, Modified = now },
                Seen = now.ToUnixTimeMilliseconds(),
                Uploaded = true,
                Given = new AccessList { Allow = allow.Count > 0
                    ? [.. allow]
                    : [caller.User is null ? Subject.ForRole(Roles.Owner) : Subject.ForUser(caller.User)] },
            };
            return copy.Length == 0
                ? prepared with { Failure = "The file is empty." }
                : await preparation.PrepareAsync(prepared, copy, null, null, cancellationToken);
        }
        catch (Exception e) when (IngestErrors.IsDiskFull(e))
        {
            throw IngestErrors.DiskFull(options.Scratch, e);
        }
    }

    private async Task<(IngestCounts Counts, int Passages)> StoreAsync(
        WriteSession session, Principal caller, string source, string job, PreparedFile prepared)
    {
        var tenant = caller.Tenant;
        // Whoever writes a document's new version decides who may read it, and with it all the older ones.
        foreach (var there in await DocumentTable.EverAtAsync(session, tenant, source, prepared.File.Path))
        {
            if (!(await sets.GetAsync(session, tenant, there.AccessId)).Allows(caller))
                throw IngestErrors.PathTaken(source, prepared.File.Path);
        }
        var stored = await SourceStore.FindAsync(session, tenant, source);
        if (stored is null or { Retired: true })
        {
            var definition = stored is null ? new SourceDefinition { Name = source } : stored.Definition with { Declared = false };
            stored = new StoredSource(definition, false, null);
            await SourceStore.SaveAsync(session, tenant, stored.Definition, retired: false);
        }
        var writer = new DocumentWriter(session, tenant, stored, job, identifiers, time.GetUtcNow().ToUnixTimeMilliseconds());
        await writer.ApplyAsync([prepared]);
        await Superseding.ApplyAsync(session, sets, tenant, source);
        await SourceStore.IngestedAsync(session, tenant, source, time.GetUtcNow().ToUnixTimeMilliseconds());
        var (counts, passages) = await DocumentTable.CountAsync(session, tenant, job);
        return (counts with { Unchanged = writer.Unchanged }, passages);
    }

    private IngestReport Report(string source, IngestCounts counts, int passages, long started) => new()
    {
        Source = source,
        Documents = counts,
        Chunks = passages,
        Seconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 3),
    };
}
