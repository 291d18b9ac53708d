using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Writes the rows of new versions: their texts, pages, passages and originals.</summary>
internal static class VersionWriter
{
    /// <summary>
    /// Row numbers for versions. Versions are never deleted, so on SQLite, with its single writer, the next ones are free.
    /// </summary>
    public static async Task<IReadOnlyList<long>> ReserveAsync(WriteSession session, int count)
    {
        if (session.Engine == DatabaseEngine.PostgreSql)
        {
            return await session.QueryAsync<long>(
                "SELECT nextval(pg_get_serial_sequence('document_version', 'id')) FROM generate_series(1, @count)", new { count });
        }
        var last = await session.GetAsync<long>("SELECT coalesce(max(id), 0) FROM document_version");
        return [.. Enumerable.Range(1, count).Select(n => last + n)];
    }

    public static async Task WriteAsync(WriteSession session, string tenant, IReadOnlyList<StoredVersion> versions, long now)
    {
        await session.ExecuteManyAsync(
            """
            INSERT INTO document_version (id, tenant, document, version, title, path, format, hash, bytes, length, blocks, notices, made)
            VALUES (@Id, @tenant, @Document, @Version, @title, @path, @Format, @Hash, @bytes, @length, @blocks, @notices, @now)
            """,
            versions.Select(v => new
            {
                v.Id,
                tenant,
                v.Document,
                v.Version,
                title = v.File.Content!.Title,
                path = v.File.File.Path,
                v.File.Format,
                v.File.Hash,
                bytes = v.File.File.Length,
                length = v.File.Content.Length,
                blocks = v.File.Content.Blocks,
                notices = JsonSerializer.Serialize(v.File.Content.Notices, KnowledgeJson.Default.ImmutableArrayString),
                now,
            }));
        await session.ExecuteManyAsync(
            "INSERT INTO document_text (version_id, tenant, starts, piece, passages) VALUES (@Id, @tenant, @Start, @Text, @Passages)",
            versions.SelectMany(v => v.File.Content!.Pieces.Select(p => new { v.Id, tenant, p.Start, p.Text, p.Passages })));
        await session.ExecuteManyAsync(
            """
            INSERT INTO document_page (version_id, tenant, number, width, height, starts, ends, words)
            VALUES (@Id, @tenant, @Number, @Width, @Height, @Start, @End, @words)
            """,
            versions.SelectMany(v => v.File.Content!.Pages.Select(p => new { v.Id, tenant, p.Page.Number, p.Page.Width, p.Page.Height,
                p.Page.Start, p.Page.End, words = p.Words })));
        await session.ExecuteManyAsync(
            "INSERT INTO original (tenant, hash, bytes, content) VALUES (@tenant, @Hash, @bytes, @Original) ON CONFLICT DO NOTHING",
            versions.Select(v => new { tenant, v.File.Hash, bytes = v.File.File.Length, v.File.Content!.Original }));
    }
}
