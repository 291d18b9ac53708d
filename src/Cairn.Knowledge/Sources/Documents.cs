using System.Collections.Immutable;
using Cairn.Storage;

namespace Cairn.Knowledge;

internal sealed class Documents(
    IDatabase database, IBlobs blobs, IAccess access, AccessSets sets, IPageImages images, FileReader reader,
    IEnumerable<ICitedDocuments> citations, TimeProvider time) : IDocuments
{
    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["markdown"] = "text/markdown; charset=utf-8",
        ["html"] = "text/html; charset=utf-8",
        ["text"] = "text/plain; charset=utf-8",
        ["csv"] = "text/csv; charset=utf-8",
        ["docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ["pdf"] = "application/pdf",
    };

    public Task<DocumentPage> ListAsync(Principal caller, DocumentFilter filter, CancellationToken cancellationToken)
    {
        var mayIngest = access.May(caller, Right.Ingest);
        return database.ReadAsync(
            async session =>
            {
                var visible = await sets.VisibleAsync(session, caller);
                var (rows, total) = await DocumentList.PageAsync(session, caller, filter, visible, mayIngest);
                var documents = ImmutableArray.CreateBuilder<DocumentSummary>(rows.Count);
                foreach (var row in rows)
                    documents.Add(await SummaryAsync(session, caller.Tenant, row, mayIngest));
                return new DocumentPage(documents.ToImmutable(), total);
            },
            cancellationToken);
    }

    public async Task<DocumentSummary> GetAsync(Principal caller, string document, CancellationToken cancellationToken)
    {
        var row = await ReadableAsync(caller, document, cancellationToken);
        return await database.ReadAsync(s => SummaryAsync(s, caller.Tenant, row, access.May(caller, Right.Ingest)), cancellationToken);
    }

    public async Task<DocumentText> TextAsync(Principal caller, string document, int? version, CancellationToken cancellationToken)
    {
        var row = await ReadableAsync(caller, document, cancellationToken);
        return await database.ReadAsync(async s => await VersionStore.TextAsync(s, await VersionAsync(s, caller, row, version)),
            cancellationToken);
    }

    public async Task<ImmutableArray<Box>> BoxesAsync(
        Principal caller, string document, int version, int start, int end, CancellationToken cancellationToken)
    {
        var row = await ReadableAsync(caller, document, cancellationToken);
        var words = await database.ReadAsync(async s => await VersionStore.WordsAsync(s, await VersionAsync(s, caller, row, version), start,
            end), cancellationToken);
        return Lines.Of(words);
    }

    public async Task<Stream> PageImageAsync(Principal caller, string document, int version, int page, CancellationToken cancellationToken)
    {
        var row = await ReadableAsync(caller, document, cancellationToken);
        var (found, image) = await database.ReadAsync(
            async s =>
            {
                var found = await VersionAsync(s, caller, row, version);
                return (found, await VersionStore.PageImageAsync(s, caller.Tenant, found.Hash, page));
            },
            cancellationToken);
        if (found.Format != "pdf" || page < 1)
            throw DocumentErrors.NoPage(document, page);
        if (image is null)
        {
            image = await DrawAsync(caller.Tenant, found, page, cancellationToken);
            await database.WriteAsync(Durability.Derived, s => VersionStore.KeepPageImageAsync(s, caller.Tenant, found.Hash, page, image),
                cancellationToken);
        }
        return await blobs.OpenAsync(image, cancellationToken);
    }

    private async Task<string> DrawAsync(string tenant, VersionStore.Row version, int page, CancellationToken cancellationToken)
    {
        await using var original = await OpenAsync(tenant, version.Hash, cancellationToken);
        using var file = await reader.ReceiveAsync(original, version.Path, long.MaxValue, time.GetUtcNow(), cancellationToken);
        await using var drawn = await images.RenderAsync(file.Path!, page, cancellationToken)
            ?? throw DocumentErrors.NoPage(version.Document, page);
        return await blobs.PutAsync(drawn, cancellationToken);
    }

    public async Task<(Stream Content, string MediaType)> OriginalAsync(
        Principal caller, string document, int version, CancellationToken cancellationToken)
    {
        var row = await ReadableAsync(caller, document, cancellationToken);
        var found = await database.ReadAsync(s => VersionAsync(s, caller, row, version), cancellationToken);
        return (await OpenAsync(caller.Tenant, found.Hash, cancellationToken),
            MediaTypes.GetValueOrDefault(found.Format, "application/octet-stream"));
    }

    public async Task RemoveAsync(Principal caller, string document, CancellationToken cancellationToken)
    {
        await ChangeableAsync(caller, document, cancellationToken);
        await database.WriteAsync(
            Durability.Full, s => Removal.RemoveAsync(s, sets, caller, document, time.GetUtcNow().ToUnixTimeMilliseconds()),
            cancellationToken);
    }

    public async Task RestoreAsync(Principal caller, string document, CancellationToken cancellationToken)
    {
        await ChangeableAsync(caller, document, cancellationToken);
        await database.WriteAsync(Durability.Full, s => Removal.RestoreAsync(s, sets, caller.Tenant, document), cancellationToken);
    }

    private async Task ChangeableAsync(Principal caller, string document, CancellationToken cancellationToken)
    {
        await ReadableAsync(caller, document, cancellationToken);
        if (!access.May(caller, Right.Ingest))
            throw IngestErrors.NotPermitted();
    }

    /// <summary>The row, when the caller may read the document as of now.</summary>
    private async Task<DocumentRow> ReadableAsync(Principal caller, string document, CancellationToken cancellationToken)
    {
        var (row, readable) = await database.ReadAsync(
            async session =>
            {
                var row = await DocumentList.FindAsync(session, caller.Tenant, document);
                return (row, row is not null && access.MayRead(caller, await sets.GetAsync(session, caller.Tenant, row.AccessId)));
            },
            cancellationToken);
        var mayIngest = access.May(caller, Right.Ingest);
        if (row is null || (row.Version == 0 && !mayIngest))
            throw DocumentErrors.Unknown(document);
        if (!readable)
        {
            foreach (var cited in citations)
            {
                if (await cited.WasCitedToAsync(caller, document, cancellationToken))
                    throw DocumentErrors.Lost(document);
            }
            throw DocumentErrors.Unknown(document);
        }
        // A file that is gone leaves its versions to the answers that cite them; what a person removed is hidden from everybody else.
        if (row.RemovedBy is not null && !mayIngest)
            throw DocumentErrors.Removed(document);
        return row;
    }

    private static async Task<VersionStore.Row> VersionAsync(Session session, Principal caller, DocumentRow row, int? version)
        => await VersionStore.FindAsync(session, caller.Tenant, row.Id, version ?? row.Version)
           ?? throw DocumentErrors.NoVersion(row.Id, version ?? row.Version);

    private async Task<Stream> OpenAsync(string tenant, string hash, CancellationToken cancellationToken)
        => await database.ReadAsync(s => VersionStore.OriginalAsync(s, tenant, hash), cancellationToken) is { } bytes
            ? new MemoryStream(bytes, writable: false)
            : await blobs.OpenAsync(hash, cancellationToken);

    private async Task<DocumentSummary> SummaryAsync(Session session, string tenant, DocumentRow row, bool mayIngest) => new()
    {
        Id = row.Id,
        Source = row.Source,
        Path = row.Path,
        Title = row.Title,
        Version = row.Version,
        Status = row.Removed is not null
            ? DocumentStatus.Removed
            : row.Failure is not null && mayIngest ? DocumentStatus.Failed : DocumentStatus.Ready,
        Failure = mayIngest ? row.Failure : null,
        Format = row.Format,
        Bytes = row.Bytes,
        Pages = row.Pages,
        Passages = row.Passages,
        Access = await sets.GetAsync(session, tenant, row.AccessId),
        Changed = DateTimeOffset.FromUnixTimeMilliseconds(row.Changed),
        SupersededBy = row.SupersededBy,
    };
}
