namespace Cairn.Learning;

/// <summary>Walks over a text's n-grams without making strings. One per thread.</summary>
internal sealed class NgramReader(NgramOptions options)
{
    private readonly List<(int Start, int End)> words = [];
    private char[] buffer = new char[256];

    public void Read<TVisitor>(string text, ref TVisitor visitor)
        where TVisitor : INgramVisitor, allows ref struct
    {
        ReadOnlySpan<char> source = text;
        if (options.Lowercase)
        {
            Reserve(text.Length);
            var count = source.ToLowerInvariant(buffer);
            // Lowering never changes the length of UTF-16 text.
            text = new string(buffer, 0, count);
            source = text;
        }
        Reserve((2 * source.Length) + 2);
        if (options.Unit == NgramUnit.Word)
            ReadWords(source, ref visitor);
        else
            ReadCharacters(source, ref visitor);
    }

    private void ReadWords<TVisitor>(ReadOnlySpan<char> source, ref TVisitor visitor)
        where TVisitor : INgramVisitor, allows ref struct
    {
        words.Clear();
        var end = 0;
        for (var i = 0; i < source.Length;)
        {
            var start = i;
            while (i < source.Length && IsWord(source[i]))
                i++;
            if (i - start >= 2)
            {
                // One blank between words, so that every n-gram is one span.
                if (end > 0)
                    buffer[end++] = ' ';
                source[start..i].CopyTo(buffer.AsSpan(end));
                words.Add((end, end + i - start));
                end += i - start;
            }
            if (i == start)
                i++;
        }
        for (var n = options.Shortest; n <= options.Longest; n++)
        {
            for (var i = 0; i + n <= words.Count; i++)
                visitor.Visit(buffer.AsSpan(words[i].Start, words[i + n - 1].End - words[i].Start));
        }
    }

    private void ReadCharacters<TVisitor>(ReadOnlySpan<char> source, ref TVisitor visitor)
        where TVisitor : INgramVisitor, allows ref struct
    {
        for (var i = 0; i < source.Length;)
        {
            var start = i;
            while (i < source.Length && !char.IsWhiteSpace(source[i]))
                i++;
            if (i == start)
            {
                i++;
                continue;
            }
            buffer[0] = ' ';
            source[start..i].CopyTo(buffer.AsSpan(1));
            var length = i - start + 2;
            buffer[length - 1] = ' ';
            for (var n = options.Shortest; n <= options.Longest; n++)
            {
                for (var at = 0; at == 0 || at + n <= length; at++)
                    visitor.Visit(buffer.AsSpan(at, Math.Min(n, length)));
                // A word as short as this n-gram has been visited whole, once.
                if (length <= n)
                    break;
            }
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void Reserve(int length)
    {
        if (buffer.Length < length)
            buffer = new char[length];
    }
}
