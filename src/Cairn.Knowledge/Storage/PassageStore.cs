using System.Runtime.CompilerServices;
using Cairn.Storage;

namespace Cairn.Knowledge;

internal sealed class PassageStore(IDatabase database, AccessSets sets) : IPassageStore
{
    private const int DocumentsPerPage = 256;

    private const long BytesPerPage = 8L << 20;

    private const string Columns =
        "d.tenant, d.id AS Document, d.version, d.source, d.path, d.title, d.access_id, d.changed, d.superseded_by, d.version_id, d.bytes";

    private sealed record Row(
        string Tenant, string Document, int Version, string Source, string Path, string Title, long AccessId, long Changed,
        string? SupersededBy, long VersionId, long Bytes);

    private sealed record Piece(long VersionId, int Starts, string Text, string Passages);

    public Task<IReadOnlyList<Passage>> PassagesAsync(string tenant, string document, CancellationToken cancellationToken)
        => database.ReadAsync(session => OfDocumentAsync(session, tenant, document), cancellationToken);

    public async IAsyncEnumerable<DocumentPassages> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (tenant, id) = ("", ""); ;)
        {
            var (afterTenant, afterId) = (tenant, id);
            var (rows, documents) = await database.ReadAsync(session => PageAsync(session, afterTenant, afterId), cancellationToken);
            foreach (var document in documents)
                yield return document;
            if (rows.Count == 0)
                yield break;
            (tenant, id) = (rows[^1].Tenant, rows[^1].Document);
        }
    }

    public Task<IReadOnlyList<Passage>> ReadAsync(Principal caller, IReadOnlyList<long> passages, CancellationToken cancellationToken)
        => database.ReadAsync(session => ReadAsync(session, caller, passages), cancellationToken);

    /// <summary>The next documents in one snapshot: many small ones, or few large ones.</summary>
    private async Task<(IReadOnlyList<Row> Rows, IReadOnlyList<DocumentPassages> Documents)> PageAsync(
        Session session, string tenant, string id)
    {
        var found = await session.QueryAsync<Row>(
            $"SELECT {Columns} FROM document d WHERE d.live = 1 AND (d.tenant, d.id) > (@tenant, @id) ORDER BY d.tenant, d.id LIMIT {DocumentsPerPage}", new { tenant, id });
        var bytes = 0L;
        var rows = found.TakeWhile((r, i) => (bytes += r.Bytes) < BytesPerPage || i == 0).ToList();
        var pieces = (await PiecesAsync(session, [.. rows.Select(r => r.VersionId)])).ToLookup(p => p.VersionId);
        var documents = new List<DocumentPassages>(rows.Count);
        foreach (var row in rows)
        {
            if (await PassagesAsync(session, row, [.. pieces[row.VersionId]]) is { Count: > 0 } passages)
                documents.Add(new DocumentPassages(row.Tenant, row.Document, passages));
        }
        return (rows, documents);
    }

    private async Task<IReadOnlyList<Passage>> OfDocumentAsync(Session session, string tenant, string document)
    {
        var row = await session.FindAsync<Row>(
            $"SELECT {Columns} FROM document d WHERE d.tenant = @tenant AND d.id = @document AND d.live = 1", new { tenant, document });
        return row is null ? [] : await PassagesAsync(session, row, await PiecesAsync(session, [row.VersionId]));
    }

    private static Task<IReadOnlyList<Piece>> PiecesAsync(Session session, long[] versions)
        => session.QueryAsync<Piece>(
            "SELECT version_id, starts, piece AS text, passages FROM document_text WHERE version_id IN @versions ORDER BY version_id, starts", new { versions });

    /// <param name="pieces">All of the version, in order.</param>
    private async Task<IReadOnlyList<Passage>> PassagesAsync(Session session, Row row, IReadOnlyList<Piece> pieces)
    {
        var text = pieces.Count == 1 ? pieces[0].Text : string.Concat(pieces.Select(p => p.Text));
        var access = await sets.GetAsync(session, row.Tenant, row.AccessId);
        return [.. pieces.SelectMany(p => PassageCodec.Decode(p.Starts, p.Passages))
            .Select(p => Made(row, p, access, text[p.Start..p.End]))];
    }

    private async Task<IReadOnlyList<Passage>> ReadAsync(Session session, Principal caller, IReadOnlyList<long> passages)
    {
        var visible = (await sets.VisibleAsync(session, caller)).ToHashSet();
        var rows = await session.QueryAsync<Row>(
            $"""
            SELECT {Columns} FROM document_version v JOIN document d ON d.tenant = v.tenant AND d.id = v.document AND d.version_id = v.id
            WHERE v.id IN @versions AND v.tenant = @Tenant AND d.live = 1
            """,
            new { caller.Tenant, versions = passages.Select(PassageNumber.Version).Distinct().ToArray() });
        var byVersion = rows.Where(r => visible.Contains(r.AccessId)).ToDictionary(r => r.VersionId);
        var made = new List<Passage>(passages.Count);
        foreach (var passage in passages)
        {
            if (byVersion.TryGetValue(PassageNumber.Version(passage), out var row)
                && await TextStore.PassageAsync(session, row.VersionId, PassageNumber.Start(passage)) is var (found, text))
                made.Add(Made(row, found, await sets.GetAsync(session, row.Tenant, row.AccessId), text));
        }
        return made;
    }

    private static Passage Made(Row row, Chunk passage, AccessSet access, string text) => new()
    {
        Id = PassageNumber.Of(row.VersionId, passage.Start),
        Document = row.Document,
        Version = row.Version,
        Source = row.Source,
        Path = row.Path,
        Title = row.Title,
        HeadingPath = passage.HeadingPath,
        Page = passage.Page,
        Start = passage.Start,
        End = passage.End,
        Text = text,
        Access = access,
        Changed = DateTimeOffset.FromUnixTimeMilliseconds(row.Changed),
        Superseded = row.SupersededBy is not null,
    };
}
