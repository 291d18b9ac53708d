using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>
/// Brings what workers found out into the database, in the transaction it is given. Every decision is made again from the rows as they
/// are now, so a job that starts over after a crash, or runs beside another one, ends in the same state.
/// </summary>
internal sealed class DocumentWriter(WriteSession session, string tenant, StoredSource source, string? job, IIdentifiers identifiers, long now)
{
    private readonly AccessRules _rules = new(source.Definition.Access);
    private readonly Dictionary<string, long> _accessIds = [];

    /// <summary>Files that changed nothing, and were not changed by an earlier attempt of this job either.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Files whose worker's finding no longer holds: they must be read and parsed.</summary>
    public List<ScannedFile> Again { get; } = [];

    public async Task ApplyAsync(PreparedFile file)
    {
        var row = await AtAsync(file.File.Path);
        if (row is null && !file.Uploaded && await HiddenByAPersonAsync(file.File.Path))
            Unchanged++;
        else if (file.Failure is not null)
            await FailAsync(row, file);
        else if (row is not null && row.Version > 0 && row.Hash == file.Hash && row.Format == file.Format)
            await KeepAsync(row, file);
        else if (file.Renamed)
            await RenameAsync(row, file);
        else if (file.Content is not null)
            await StoreAsync(row, file);
        else
            Again.Add(file.File);
    }

    private Task<DocumentRow?> AtAsync(string path)
        => session.FindAsync<DocumentRow>(
            $"SELECT {DocumentRow.Columns} FROM document WHERE tenant = @tenant AND source = @source AND path = @path AND removed IS NULL",
            new { tenant, source = source.Definition.Name, path });

    private async Task<bool> HiddenByAPersonAsync(string path)
        => await session.FindAsync<int>(
            """
            SELECT 1 FROM document
            WHERE tenant = @tenant AND source = @source AND path = @path AND removed IS NOT NULL AND removed_by IS NOT NULL
            """,
            new { tenant, source = source.Definition.Name, path }) == 1;

    private async Task FailAsync(DocumentRow? row, PreparedFile file)
    {
        if (row is null)
        {
            var id = identifiers.New();
            await InsertAsync(id, file, Outcome.Failed);
            session.Announce(tenant, IPassageStore.Topic, id);
            return;
        }
        await session.ExecuteAsync(
            """
            UPDATE document SET failure = @Failure, failed_hash = @Hash, modified = @modified, seen = @Seen, job = @job, outcome = @outcome
            WHERE tenant = @tenant AND id = @Id
            """,
            new { tenant, row.Id, file.Failure, file.Hash, modified = Milliseconds(file.File.Modified), file.Seen, job, outcome = Outcome.Failed });
        if (row.Failure != file.Failure)
            session.Announce(tenant, IPassageStore.Topic, row.Id);
    }

    /// <summary>The bytes are those of the newest version; only what stands around them may differ.</summary>
    private async Task KeepAsync(DocumentRow row, PreparedFile file)
    {
        var given = file.Uploaded ? AccessSets.Text(file.Given) : row.GivenAccess;
        var recovers = row.Failure is not null;
        if (recovers || given != row.GivenAccess || (row.Uploaded != 0) != file.Uploaded)
        {
            await session.ExecuteAsync(
                """
                UPDATE document SET failure = NULL, failed_hash = NULL, modified = @modified, seen = @Seen, uploaded = @uploaded,
                    given_access = @given, access_id = @access, job = @job, outcome = @outcome
                WHERE tenant = @tenant AND id = @Id
                """,
                new
                {
                    tenant, row.Id, modified = Milliseconds(file.File.Modified), file.Seen, uploaded = file.Uploaded ? 1 : 0, given,
                    access = await AccessIdAsync(row.Path, AccessSets.List(given), AccessSets.List(row.OwnAccess)), job, outcome = Outcome.Updated,
                });
            session.Announce(tenant, IPassageStore.Topic, row.Id);
            return;
        }
        if (row.Modified != Milliseconds(file.File.Modified) || row.Seen < row.Modified + FileReader.RestMilliseconds)
        {
            await session.ExecuteAsync(
                "UPDATE document SET modified = @modified, seen = @Seen WHERE tenant = @tenant AND id = @Id",
                new { tenant, row.Id, modified = Milliseconds(file.File.Modified), file.Seen });
        }
        if (!DoneByThisJob(row))
            Unchanged++;
    }

    private async Task RenameAsync(DocumentRow? occupant, PreparedFile file)
    {
        // Which of several copies moved is decided here: a worker does not see what the files before it in the batch took.
        var moved = await DocumentTable.WithHashAsync(session, tenant, source.Definition.Name, file.Hash);
        var row = moved.FirstOrDefault(r => r.Format == file.Format && source.Definition.RootOfPath(r.Path) is { } root && Presence.IsGone(root.FileOf(r.Path)));
        if (occupant is not null || row is null)
        {
            Again.Add(file.File);
            return;
        }
        var given = await session.FindAsync<string>("SELECT title FROM document_version WHERE tenant = @tenant AND id = @VersionId", new { tenant, row.VersionId });
        await session.ExecuteAsync(
            """
            UPDATE document SET path = @Path, file_name = @name, title = @title, modified = @modified, seen = @Seen, access_id = @access,
                job = @job, outcome = @outcome
            WHERE tenant = @tenant AND id = @Id
            """,
            new
            {
                tenant, row.Id, file.File.Path, name = NameOf(file.File.Path), title = given ?? Metadata.TitleOf(file.File.Path),
                modified = Milliseconds(file.File.Modified), file.Seen,
                access = await AccessIdAsync(file.File.Path, null, AccessSets.List(row.OwnAccess)), job,
                outcome = DoneByThisJob(row) ? row.Outcome : Outcome.Updated,
            });
        session.Announce(tenant, IPassageStore.Topic, row.Id);
    }

    private async Task StoreAsync(DocumentRow? row, PreparedFile file)
    {
        row ??= await session.FindAsync<DocumentRow>(
            $"""
            SELECT {DocumentRow.Columns} FROM document WHERE tenant = @tenant AND source = @source AND path = @path AND removed IS NOT NULL
            ORDER BY removed DESC, id DESC
            """,
            new { tenant, source = source.Definition.Name, path = file.File.Path });
        var added = row is null || row.Removed is not null || row.Version == 0 || (DoneByThisJob(row) && row.Outcome == Outcome.Added);
        var id = row?.Id ?? identifiers.New();
        var version = (row?.Version ?? 0) + 1;
        if (row is null)
            await InsertAsync(id, file, Outcome.Added);
        else
            await session.ExecuteAsync("DELETE FROM passage WHERE version_id = @VersionId", new { row.VersionId });
        var versionId = await VersionWriter.WriteAsync(session, tenant, id, version, file, now);
        var content = file.Content!;
        await session.ExecuteAsync(
            """
            UPDATE document SET title = @title, hash = @Hash, format = @Format, bytes = @bytes, modified = @modified, seen = @Seen,
                uploaded = @uploaded, version = @version, version_id = @versionId, pages = @pages, passages = @passages, access_id = @access,
                own_access = @own, given_access = @given, failure = NULL, failed_hash = NULL, changed = @changed, supersedes = @Supersedes,
                removed = NULL, removed_by = NULL, live = @live, job = @job, outcome = @outcome
            WHERE tenant = @tenant AND id = @id
            """,
            new
            {
                tenant, id, title = content.Parsed.Title ?? Metadata.TitleOf(file.File.Path), file.Hash, file.Format, bytes = file.File.Length,
                modified = Milliseconds(file.File.Modified), file.Seen, uploaded = file.Uploaded ? 1 : 0, version, versionId,
                pages = content.Parsed.Pages.IsEmpty ? (int?)null : content.Parsed.Pages.Length, passages = content.Chunks.Count,
                access = await AccessIdAsync(file.File.Path, file.Given, content.Parsed.Access), own = AccessSets.Text(content.Parsed.Access),
                given = AccessSets.Text(file.Given), changed = Milliseconds(content.Changed ?? file.File.Modified), content.Supersedes,
                live = source.Retired ? 0 : 1, job, outcome = added ? Outcome.Added : Outcome.Updated,
            });
        session.Announce(tenant, IPassageStore.Topic, id);
    }

    /// <summary>A document without a readable version yet.</summary>
    private async Task InsertAsync(string id, PreparedFile file, Outcome outcome)
        => await session.ExecuteAsync(
            """
            INSERT INTO document (tenant, id, source, path, file_name, title, hash, format, bytes, modified, seen, uploaded, version, version_id,
                passages, access_id, failure, failed_hash, changed, live, job, outcome)
            VALUES (@tenant, @id, @source, @path, @name, @title, '', @Format, @bytes, @modified, @Seen, @uploaded, 0, 0,
                0, @access, @Failure, @Hash, @modified, 0, @job, @outcome)
            """,
            new
            {
                tenant, id, source = source.Definition.Name, path = file.File.Path, name = NameOf(file.File.Path),
                title = Metadata.TitleOf(file.File.Path), file.Format, bytes = file.File.Length, modified = Milliseconds(file.File.Modified),
                file.Seen, uploaded = file.Uploaded ? 1 : 0, access = await AccessIdAsync(file.File.Path, file.Given, null), file.Failure,
                file.Hash, job, outcome,
            });

    private bool DoneByThisJob(DocumentRow row) => job is not null && row.Job == job && row.Outcome is Outcome.Added or Outcome.Updated;

    private async Task<long> AccessIdAsync(string path, AccessList? given, AccessList? own)
    {
        var set = _rules.Of(path, given, own);
        if (!_accessIds.TryGetValue(set.Key, out var id))
            _accessIds[set.Key] = id = await AccessSets.IdOfAsync(session, tenant, set);
        return id;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
