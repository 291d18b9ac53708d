using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>
/// Brings what workers found out into the database, in the transaction it is given. Every decision is made again from the rows as they
/// are now, so a job that starts over after a crash, or runs beside another one, ends in the same state.
/// </summary>
internal sealed class DocumentWriter(
    WriteSession session, string tenant, StoredSource source, string? job, IIdentifiers identifiers, long now)
{
    private readonly AccessRules _rules = new(source.Definition.Access);
    private readonly Dictionary<string, long> _accessIds = [];
    private readonly HashSet<string> _renamed = [];
    private readonly List<(DocumentRow? Row, PreparedFile File)> _stores = [];

    /// <summary>Files that changed nothing, and were not changed by an earlier attempt of this job either.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Files whose worker's finding no longer holds: they must be read and parsed.</summary>
    public List<ScannedFile> Again { get; } = [];

    /// <param name="files">Of different paths.</param>
    public async Task ApplyAsync(IReadOnlyList<PreparedFile> files)
    {
        var paths = files.Select(f => f.File.Path).ToArray();
        var current = (await DocumentTable.AtAsync(session, tenant, source.Definition.Name, paths)).ToDictionary(r => r.Path);
        var fresh = paths.Where(p => !current.ContainsKey(p)).ToArray();
        var gone = fresh.Length == 0
            ? null
            : (await DocumentTable.GoneFromAsync(session, tenant, source.Definition.Name, fresh)).ToLookup(r => r.Path);
        foreach (var file in files)
        {
            var row = current.GetValueOrDefault(file.File.Path);
            if (row is not null && _renamed.Contains(row.Id))
                row = null;
            await ApplyAsync(file, row, row is null ? gone?[file.File.Path].ToList() ?? [] : []);
        }
        await StoreAsync();
    }

    private async Task ApplyAsync(PreparedFile file, DocumentRow? row, List<DocumentRow> gone)
    {
        if (row is null && !file.Uploaded && gone.Exists(r => r.RemovedBy is not null))
            Unchanged++;
        else if (file.Failure is not null)
            await FailAsync(row, file);
        else if (row is not null && row.Version > 0 && row.Hash == file.Hash && row.Format == file.Format)
            await KeepAsync(row, file);
        else if (file.Renamed)
            await RenameAsync(row, file);
        else if (file.Content is not null)
            _stores.Add((row ?? gone.FirstOrDefault(), file));
        else
            Again.Add(file.File);
    }

    private async Task FailAsync(DocumentRow? row, PreparedFile file)
    {
        if (row is null)
        {
            var id = identifiers.New();
            await InsertFailedAsync(id, file);
            session.Announce(tenant, IPassageStore.Topic, id);
            return;
        }
        await session.ExecuteAsync(
            """
            UPDATE document SET failure = @Failure, failed_hash = @Hash, modified = @modified, seen = @Seen, job = @job, outcome = @outcome
            WHERE tenant = @tenant AND id = @Id
            """,
            new { tenant, row.Id, file.Failure, file.Hash, modified = Milliseconds(file.File.Modified), file.Seen, job,
                outcome = Outcome.Failed });
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
                    access = await AccessIdAsync(row.Path, AccessSets.List(given), AccessSets.List(row.OwnAccess)), job,
                    outcome = Outcome.Updated,
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
        var row = moved.FirstOrDefault(r => r.Format == file.Format && source.Definition.RootOfPath(r.Path) is { } root
            && Presence.IsGone(root.FileOf(r.Path)));
        if (occupant is not null || row is null)
        {
            Again.Add(file.File);
            return;
        }
        var given = await session.FindAsync<string>("SELECT title FROM document_version WHERE tenant = @tenant AND id = @VersionId",
            new { tenant, row.VersionId });
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
        _renamed.Add(row.Id);
        session.Announce(tenant, IPassageStore.Topic, row.Id);
    }

    /// <summary>Writes all new versions of the batch, table by table: one prepared statement each.</summary>
    private async Task StoreAsync()
    {
        if (_stores.Count == 0)
            return;
        var first = await VersionWriter.ReserveAsync(session, _stores.Count);
        var versions = new List<StoredVersion>(_stores.Count);
        var rows = new List<(bool New, DocumentValues Values)>(_stores.Count);
        foreach (var (row, file) in _stores)
        {
            var version = new StoredVersion(first[versions.Count], row?.Id ?? identifiers.New(), (row?.Version ?? 0) + 1, file);
            versions.Add(version);
            var added = row is null || row.Removed is not null || row.Version == 0 || (DoneByThisJob(row) && row.Outcome == Outcome.Added);
            rows.Add((row is null, await ValuesAsync(version, added)));
            session.Announce(tenant, IPassageStore.Topic, version.Document);
        }
        await session.ExecuteManyAsync(DocumentValues.Insert, rows.Where(r => r.New).Select(r => r.Values));
        await session.ExecuteManyAsync(DocumentValues.Update, rows.Where(r => !r.New).Select(r => r.Values));
        await VersionWriter.WriteAsync(session, tenant, versions, now);
        _stores.Clear();
    }

    private async Task<DocumentValues> ValuesAsync(StoredVersion version, bool added)
    {
        var file = version.File;
        var content = file.Content!;
        return new DocumentValues
        {
            Tenant = tenant,
            Id = version.Document,
            Source = source.Definition.Name,
            Path = file.File.Path,
            Name = NameOf(file.File.Path),
            Title = content.Title ?? Metadata.TitleOf(file.File.Path),
            Hash = file.Hash,
            Format = file.Format,
            Bytes = file.File.Length,
            Modified = Milliseconds(file.File.Modified),
            Seen = file.Seen,
            Uploaded = file.Uploaded ? 1 : 0,
            Version = version.Version,
            VersionId = version.Id,
            Pages = content.Pages.IsEmpty ? null : content.Pages.Length,
            Passages = content.Passages,
            Access = await AccessIdAsync(file.File.Path, file.Given, content.Access),
            Own = AccessSets.Text(content.Access),
            Given = AccessSets.Text(file.Given),
            Changed = Milliseconds(content.Changed ?? file.File.Modified),
            Supersedes = content.Supersedes,
            Live = source.Retired ? 0 : 1,
            Job = job,
            Outcome = added ? Outcome.Added : Outcome.Updated,
        };
    }

    /// <summary>A document without a readable version yet.</summary>
    private async Task InsertFailedAsync(string id, PreparedFile file)
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
                title = Metadata.TitleOf(file.File.Path), file.Format, bytes = file.File.Length,
                modified = Milliseconds(file.File.Modified),
                file.Seen, uploaded = file.Uploaded ? 1 : 0, access = await AccessIdAsync(file.File.Path, file.Given, null), file.Failure,
                file.Hash, job, outcome = Outcome.Failed,
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
