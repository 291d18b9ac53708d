using System.Text;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Texts of versions, whole or in part.</summary>
internal static class TextStore
{
    private sealed class Piece
    {
        public int Starts { get; init; }

        public string Text { get; init; } = "";
    }

    public static async Task<string> WholeAsync(Session session, long version)
    {
        var pieces = await session.QueryAsync<string>("SELECT piece FROM document_text WHERE version_id = @version ORDER BY starts",
            new { version });
        return pieces.Count == 1 ? pieces[0] : string.Concat(pieces);
    }

    /// <summary>The passage that starts at the offset, with its text; null when none does.</summary>
    public static async Task<(Chunk Passage, string Text)?> PassageAsync(Session session, long version, int start)
    {
        var found = await session.FindAsync<TextPiece>(
            "SELECT starts AS start, piece AS text, passages FROM document_text WHERE version_id = @version AND starts <= @start ORDER BY starts DESC LIMIT 1",
            new { version, start });
        if (found is null || PassageCodec.Decode(found.Start, found.Passages).FirstOrDefault(p => p.Start == start) is not { } passage)
            return null;
        return (passage, passage.End <= found.Start + found.Text.Length
            ? found.Text[(passage.Start - found.Start)..(passage.End - found.Start)]
            : await SpanAsync(session, version, passage.Start, passage.End));
    }

    /// <summary>Reads the pieces that overlap the span only.</summary>
    public static async Task<string> SpanAsync(Session session, long version, int start, int end)
    {
        var pieces = await session.QueryAsync<Piece>(
            $"""
            SELECT starts, piece AS Text FROM document_text
            WHERE version_id = @version AND starts < @end AND starts > @start - {TextPieces.Length + 1} ORDER BY starts
            """,
            new { version, start, end });
        var text = new StringBuilder(end - start);
        foreach (var piece in pieces)
        {
            var from = Math.Max(start, piece.Starts) - piece.Starts;
            var to = Math.Min(end, piece.Starts + piece.Text.Length) - piece.Starts;
            if (from < to)
                text.Append(piece.Text, from, to - from);
        }
        return text.ToString();
    }
}
