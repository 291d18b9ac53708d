using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Versions as they were stored; they never change.</summary>
internal static class VersionStore
{
    internal sealed record Row(
        long Id, string Document, int Version, string? Title, string Path, string Format, string Hash, long Bytes, int Length,
        byte[] Blocks, string Notices);

    internal sealed record PageRow(int Number, double Width, double Height, int Starts, int Ends, byte[] Words);

    public static Task<Row?> FindAsync(Session session, string tenant, string document, int version)
        => session.FindAsync<Row>(
            """
            SELECT id, document, version, title, path, format, hash, bytes, length, blocks, notices FROM document_version
            WHERE tenant = @tenant AND document = @document AND version = @version
            """,
            new { tenant, document, version });

    public static async Task<DocumentText> TextAsync(Session session, Row row)
    {
        var pages = await session.QueryAsync<PageRow>(
            "SELECT number, width, height, starts, ends FROM document_page WHERE version_id = @Id ORDER BY number", new { row.Id });
        return new DocumentText
        {
            Document = row.Document,
            Version = row.Version,
            Title = row.Title ?? Metadata.TitleOf(row.Path),
            Path = row.Path,
            Text = await TextStore.WholeAsync(session, row.Id),
            Blocks = LayoutCodec.Blocks(row.Blocks),
            Pages = [.. pages.Select(p => new PageSize(p.Number, p.Width, p.Height, p.Starts, p.Ends))],
            Notices = JsonSerializer.Deserialize(row.Notices, KnowledgeJson.Default.ImmutableArrayString),
        };
    }

    /// <summary>The words that overlap the span, in order.</summary>
    public static async Task<IReadOnlyList<WordBox>> WordsAsync(Session session, Row row, int start, int end)
    {
        var pages = await session.QueryAsync<PageRow>(
            """
            SELECT number, width, height, starts, ends, words FROM document_page
            WHERE version_id = @Id AND starts < @end AND ends > @start ORDER BY number
            """,
            new { row.Id, start, end });
        return [.. pages.SelectMany(p => LayoutCodec.Words(p.Words, p.Number)).Where(w => w.Start < end && w.End > start)];
    }

    /// <returns>The bytes, or null when they stand in the blob store under the version's hash.</returns>
    public static Task<byte[]?> OriginalAsync(Session session, string tenant, string hash)
        => session.FindAsync<byte[]>("SELECT content FROM original WHERE tenant = @tenant AND hash = @hash", new { tenant, hash });

    public static Task<string?> PageImageAsync(Session session, string tenant, string hash, int page)
        => session.FindAsync<string>("SELECT blob FROM page_image WHERE tenant = @tenant AND hash = @hash AND page = @page",
            new { tenant, hash, page });

    public static Task KeepPageImageAsync(WriteSession session, string tenant, string hash, int page, string blob)
        => session.ExecuteAsync(
            "INSERT INTO page_image (tenant, hash, page, blob) VALUES (@tenant, @hash, @page, @blob) ON CONFLICT DO NOTHING",
            new { tenant, hash, page, blob });
}
