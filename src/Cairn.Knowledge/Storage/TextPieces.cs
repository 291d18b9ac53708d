using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>Cuts a text into the pieces that it is stored in; a surrogate pair is never cut.</summary>
internal static class TextPieces
{
    /// <summary>UTF-16 units of a piece.</summary>
    public const int Length = 16 * 1024;

    /// <param name="passages">In order of their starts.</param>
    public static ImmutableArray<TextPiece> Of(string text, IReadOnlyList<Chunk> passages)
    {
        var pieces = ImmutableArray.CreateBuilder<TextPiece>((text.Length / Length) + 1);
        var next = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end--;
            var first = next;
            while (next < passages.Count && passages[next].Start < end)
                next++;
            pieces.Add(new TextPiece(start, text[start..end], PassageCodec.Encode(start, passages.Skip(first).Take(next - first))));
            start = end;
        }
        return pieces.DrainToImmutable();
    }
}
