using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Writes the rows of one version: its text, pages, passages and original.</summary>
internal static class VersionWriter
{
    /// <returns>The version's row number.</returns>
    public static async Task<long> WriteAsync(WriteSession session, string tenant, string document, int version, PreparedFile file, long now)
    {
        var content = file.Content!;
        var parsed = content.Parsed;
        var id = await session.GetAsync<long>(
            """
            INSERT INTO document_version (tenant, document, version, title, path, format, hash, bytes, length, blocks, notices, made)
            VALUES (@tenant, @document, @version, @title, @path, @Format, @Hash, @bytes, @length, @blocks, @notices, @now) RETURNING id
            """,
            new
            {
                tenant,
                document,
                version,
                title = parsed.Title,
                path = file.File.Path,
                file.Format,
                file.Hash,
                bytes = file.File.Length,
                length = parsed.Text.Length,
                blocks = LayoutCodec.Encode(parsed.Blocks),
                notices = JsonSerializer.Serialize(parsed.Notices, KnowledgeJson.Default.ImmutableArrayString),
                now,
            });
        await session.ExecuteManyAsync(
            "INSERT INTO document_text (version_id, tenant, starts, piece) VALUES (@id, @tenant, @Start, @Piece)",
            TextPieces.Of(parsed.Text).Select(p => new { id, tenant, p.Start, p.Piece }));
        await WritePagesAsync(session, tenant, id, parsed);
        await session.ExecuteManyAsync(
            """
            INSERT INTO passage (tenant, version_id, ordinal, starts, ends, heading_path, page)
            VALUES (@tenant, @id, @ordinal, @Start, @End, @HeadingPath, @Page)
            """,
            content.Chunks.Select((c, ordinal) => new { tenant, id, ordinal, c.Start, c.End, c.HeadingPath, c.Page }));
        await session.ExecuteAsync(
            "INSERT INTO original (tenant, hash, bytes, content) VALUES (@tenant, @Hash, @bytes, @Original) ON CONFLICT DO NOTHING",
            new { tenant, file.Hash, bytes = file.File.Length, content.Original });
        return id;
    }

    private static async Task WritePagesAsync(WriteSession session, string tenant, long id, ParsedDocument parsed)
    {
        if (parsed.Pages.IsEmpty)
            return;
        var words = parsed.Words.ToLookup(w => w.Page);
        await session.ExecuteManyAsync(
            """
            INSERT INTO document_page (version_id, tenant, number, width, height, starts, ends, words)
            VALUES (@id, @tenant, @Number, @Width, @Height, @Start, @End, @boxes)
            """,
            parsed.Pages.Select(p => new { id, tenant, p.Number, p.Width, p.Height, p.Start, p.End, boxes = LayoutCodec.Encode([.. words[p.Number]]) }));
    }
}
