using System.Runtime.CompilerServices;
using System.Text;
using Cairn.Storage;

namespace Cairn.Knowledge;

internal sealed class PassageStore(IDatabase database, AccessSets sets) : IPassageStore
{
    private const int DocumentsPerPage = 256;

    private const long BytesPerPage = 8L << 20;

    private const string Columns = """
        d.tenant, p.id, d.id AS Document, d.version, d.source, d.path, d.title, p.heading_path, p.page, p.starts, p.ends,
        d.access_id, d.changed, d.superseded_by, p.version_id
        """;

    private sealed class Row
    {
        public string Tenant { get; init; } = "";

        public long Id { get; init; }

        public string Document { get; init; } = "";

        public int Version { get; init; }

        public string Source { get; init; } = "";

        public string Path { get; init; } = "";

        public string Title { get; init; } = "";

        public string HeadingPath { get; init; } = "";

        public int? Page { get; init; }

        public int Starts { get; init; }

        public int Ends { get; init; }

        public long AccessId { get; init; }

        public long Changed { get; init; }

        public string? SupersededBy { get; init; }

        public long VersionId { get; init; }
    }

    private sealed record Place(string Tenant, string Id, long VersionId, long Bytes);

    private sealed record Piece(long VersionId, string Text);

    public Task<IReadOnlyList<Passage>> PassagesAsync(string tenant, string document, CancellationToken cancellationToken)
        => database.ReadAsync(session => OfDocumentAsync(session, tenant, document), cancellationToken);

    public async IAsyncEnumerable<DocumentPassages> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = new Place("", "", 0, 0); ;)
        {
            var from = after;
            var (places, documents) = await database.ReadAsync(session => PageAsync(session, from), cancellationToken);
            foreach (var document in documents)
                yield return document;
            if (places.Count == 0)
                yield break;
            after = places[^1];
        }
    }

    public Task<IReadOnlyList<Passage>> ReadAsync(Principal caller, IReadOnlyList<long> passages, CancellationToken cancellationToken)
        => database.ReadAsync(session => ReadAsync(session, caller, passages), cancellationToken);

    /// <summary>The next documents in one snapshot: many small ones, or few large ones.</summary>
    private async Task<(IReadOnlyList<Place> Places, IReadOnlyList<DocumentPassages> Documents)> PageAsync(Session session, Place after)
    {
        var found = await session.QueryAsync<Place>(
            $"""
            SELECT tenant, id, version_id, bytes FROM document WHERE live = 1 AND (tenant, id) > (@Tenant, @Id)
            ORDER BY tenant, id LIMIT {DocumentsPerPage}
            """,
            after);
        var bytes = 0L;
        var places = found.TakeWhile((p, i) => (bytes += p.Bytes) < BytesPerPage || i == 0).ToList();
        var versions = places.Select(p => p.VersionId).ToArray();
        var pieces = (await session.QueryAsync<Piece>(
            "SELECT version_id, piece AS text FROM document_text WHERE version_id IN @versions ORDER BY version_id, starts", new { versions })).ToLookup(p => p.VersionId);
        var rows = (await session.QueryAsync<Row>(
            $"""
            SELECT {Columns} FROM passage p JOIN document d ON d.tenant = p.tenant AND d.version_id = p.version_id
            WHERE p.version_id IN @versions ORDER BY p.version_id, p.ordinal
            """,
            new { versions })).ToLookup(r => r.VersionId);
        var documents = new List<DocumentPassages>(places.Count);
        foreach (var place in places.Where(p => rows.Contains(p.VersionId)))
        {
            var text = string.Concat(pieces[place.VersionId].Select(p => p.Text));
            var access = await sets.GetAsync(session, place.Tenant, rows[place.VersionId].First().AccessId);
            documents.Add(new DocumentPassages(place.Tenant, place.Id, [.. rows[place.VersionId].Select(r => Made(r, access, text[r.Starts..r.Ends]))]));
        }
        return (places, documents);
    }

    private async Task<IReadOnlyList<Passage>> OfDocumentAsync(Session session, string tenant, string document)
    {
        var rows = await session.QueryAsync<Row>(
            $"""
            SELECT {Columns} FROM document d JOIN passage p ON p.version_id = d.version_id
            WHERE d.tenant = @tenant AND d.id = @document AND d.live = 1 ORDER BY p.ordinal
            """,
            new { tenant, document });
        if (rows.Count == 0)
            return [];
        var text = await TextStore.WholeAsync(session, rows[0].VersionId);
        var access = await sets.GetAsync(session, tenant, rows[0].AccessId);
        return [.. rows.Select(r => Made(r, access, text[r.Starts..r.Ends]))];
    }

    private async Task<IReadOnlyList<Passage>> ReadAsync(Session session, Principal caller, IReadOnlyList<long> passages)
    {
        var visible = (await sets.VisibleAsync(session, caller)).ToHashSet();
        var rows = await session.QueryAsync<Row>(
            $"""
            SELECT {Columns} FROM passage p JOIN document d ON d.tenant = p.tenant AND d.version_id = p.version_id
            WHERE d.tenant = @Tenant AND d.live = 1 AND p.id IN @ids
            """,
            new { caller.Tenant, ids = passages.Distinct().ToArray() });
        var made = new Dictionary<long, Passage>();
        foreach (var row in rows.Where(r => visible.Contains(r.AccessId)))
        {
            var text = await TextStore.SpanAsync(session, row.VersionId, row.Starts, row.Ends);
            made[row.Id] = Made(row, await sets.GetAsync(session, row.Tenant, row.AccessId), text);
        }
        return [.. passages.Where(made.ContainsKey).Select(id => made[id])];
    }

    private static Passage Made(Row row, AccessSet access, string text) => new()
    {
        Id = row.Id,
        Document = row.Document,
        Version = row.Version,
        Source = row.Source,
        Path = row.Path,
        Title = row.Title,
        HeadingPath = row.HeadingPath,
        Page = row.Page,
        Start = row.Starts,
        End = row.Ends,
        Text = text,
        Access = access,
        Changed = DateTimeOffset.FromUnixTimeMilliseconds(row.Changed),
        Superseded = row.SupersededBy is not null,
    };
}
