using System.Collections.Immutable;

namespace Cairn.Server;

/// <summary>A stretch of a document's text, inside or outside the highlight.</summary>
internal sealed record TextPiece(string Text, bool Marked, bool First)
{
    /// <summary>
    /// Cuts <c>text[start..end]</c> at the highlight <c>[from, to)</c>. <see cref="First"/> is true for the piece where the highlight
    /// begins.
    /// </summary>
    public static ImmutableArray<TextPiece> Of(string text, int start, int end, int from, int to)
    {
        var cutFrom = Math.Clamp(from, start, end);
        var cutTo = Math.Clamp(to, cutFrom, end);
        var pieces = ImmutableArray.CreateBuilder<TextPiece>();
        if (cutFrom > start)
            pieces.Add(new TextPiece(text[start..cutFrom], false, false));
        if (cutTo > cutFrom)
            pieces.Add(new TextPiece(text[cutFrom..cutTo], true, from >= start));
        if (end > cutTo)
            pieces.Add(new TextPiece(text[cutTo..end], false, false));
        return pieces.ToImmutable();
    }
}
