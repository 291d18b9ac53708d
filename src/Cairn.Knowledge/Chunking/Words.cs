namespace Cairn.Knowledge;

/// <summary>
/// Counts words for the length of passages: what stands between white space, very long ones and scripts without spaces by their length.
/// </summary>
internal static class Words
{
    /// <summary>Longer runs without white space are no words of any language (encoded data); they may be cut.</summary>
    public const int LongestWord = 400;

    private const int LettersPerWord = 8;

    public static int Count(ReadOnlySpan<char> text)
    {
        var words = 0;
        var run = 0;
        foreach (var c in text)
        {
            if (c is > ' ' and < '\u0085' || !char.IsWhiteSpace(c))
            {
                run += c >= '\u0E00' && IsUnspaced(c) ? LettersPerWord / 2 : 1;
                continue;
            }
            words += Weight(run);
            run = 0;
        }
        return words + Weight(run);
    }

    /// <summary>Chinese, Japanese and Thai letters: these scripts put no space between words.</summary>
    public static bool IsUnspaced(char c)
        => c is (>= '\u0E00' and <= '\u0EFF') or (>= '\u2E80' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    /// <summary>
    /// The last offset in <c>(start, end)</c> where text may be cut so that what comes before has at most <paramref name="most"/> words.
    /// </summary>
    public static int Cut(string text, int start, int end, int most)
    {
        var words = 0;
        var run = 0;
        var best = end;
        var found = false;
        for (var i = start; i < end; i++)
        {
            var c = text[i];
            var space = char.IsWhiteSpace(c);
            if (space)
            {
                words += Weight(run);
                run = 0;
            }
            else
            {
                if (i > start && MayCutBefore(text, i, run) && words + Weight(run) > 0)
                    (best, found) = (i, true);
                run += IsUnspaced(c) ? LettersPerWord / 2 : 1;
            }
            if (found && words + Weight(run) > most)
                return best;
        }
        return end;
    }

    private static bool MayCutBefore(string text, int i, int run)
        => char.IsWhiteSpace(text[i - 1]) || IsUnspaced(text[i]) || IsUnspaced(text[i - 1])
           || (run >= LongestWord && run % LongestWord == 0 && !char.IsLowSurrogate(text[i]));

    private static int Weight(int run) => run == 0 ? 0 : run <= 4 * LettersPerWord ? 1 : run / LettersPerWord;
}
