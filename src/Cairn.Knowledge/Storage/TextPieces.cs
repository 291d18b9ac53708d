namespace Cairn.Knowledge;

/// <summary>Cuts a text into the pieces that it is stored in; a surrogate pair is never cut.</summary>
internal static class TextPieces
{
    /// <summary>UTF-16 units of a piece.</summary>
    public const int Length = 16 * 1024;

    public static IEnumerable<(int Start, string Piece)> Of(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end--;
            yield return (start, text[start..end]);
            start = end;
        }
    }
}
