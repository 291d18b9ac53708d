namespace Cairn.Knowledge;

/// <summary>
/// Sentences of English and German text. A sentence ends at a full stop, question or exclamation mark that is not part of an abbreviation,
/// an initial, a number, an ordinal or a list's numbering, and always at a line end (extracted texts have none inside prose). Closing
/// quotes and brackets belong to the sentence that they close.
/// </summary>
public static class Sentences
{
    public static IReadOnlyList<(int Start, int End)> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Split(text, 0, text.Length);
    }

    /// <summary>
    /// The sentences of <c>text[start..end]</c>, with offsets into <paramref name="text"/>, without surrounding white space.
    /// </summary>
    public static IReadOnlyList<(int Start, int End)> Split(string text, int start, int end)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = new List<(int, int)>();
        var first = start;
        var i = start;
        while (i < end)
        {
            var next = text.AsSpan(i, end - i).IndexOfAny(SentenceEnds.Marks);
            if (next < 0)
                break;
            i += next;
            if (text[i] == '\n')
            {
                Take(text, first, i, sentences);
                first = ++i;
                continue;
            }
            var after = SentenceEnds.After(text, i, end);
            if (SentenceEnds.IsEnd(text, first, i, after, end))
            {
                Take(text, first, after, sentences);
                first = after;
            }
            i = after;
        }
        Take(text, first, end, sentences);
        return sentences;
    }

    private static void Take(string text, int start, int end, List<(int, int)> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (end > start)
            sentences.Add((start, end));
    }
}
