using System.Buffers;

namespace Cairn.Knowledge;

/// <summary>Decides whether a mark ends a sentence, from the word before and the word after.</summary>
internal static class SentenceEnds
{
    public static readonly SearchValues<char> Marks = SearchValues.Create(".!?…。！？\n");

    private static readonly SearchValues<char> Closers = SearchValues.Create("\"')]}”’»›“");

    private static readonly SearchValues<char> Openers = SearchValues.Create("\"'([{“‘«‹„‚¿¡*-–—•");

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>The offset after a run of marks and what closes with it: quotes, brackets, a note's number such as <c>[12]</c>.</summary>
    public static int After(string text, int mark, int end)
    {
        var i = mark + 1;
        while (i < end && text[i] != '\n' && (Marks.Contains(text[i]) || Closers.Contains(text[i])))
            i++;
        while (i < end && text[i] == '[')
        {
            var close = text.AsSpan(i, Math.Min(end - i, 12)).IndexOf(']');
            if (close < 0)
                break;
            i += close + 1;
        }
        return i;
    }

    public static bool IsEnd(string text, int first, int mark, int after, int end)
    {
        if (after >= end || text[after] == '\n' || text[mark] is '。' or '！' or '？')
            return true;
        if (!char.IsWhiteSpace(text[after]))
            return false;
        var next = after;
        while (next < end && text[next] != '\n' && (char.IsWhiteSpace(text[next]) || Openers.Contains(text[next])))
            next++;
        if (next >= end || text[next] == '\n')
            return true;
        if (char.IsLower(text[next]))
            return false;
        return text[mark] is '!' or '?' or '…' || mark + 1 < end && text[mark + 1] is '.' or '!' or '?'
            || IsStop(text, first, mark, after, next, end);
    }

    /// <summary>A single full stop before an upper-case letter, a digit or a symbol.</summary>
    private static bool IsStop(string text, int first, int mark, int after, int next, int end)
    {
        var start = mark;
        while (start > first && !char.IsWhiteSpace(text[start - 1]))
            start--;
        while (start < mark && Openers.Contains(text[start]))
            start++;
        var word = text.AsSpan(start, mark - start);
        var wordEnd = next;
        while (wordEnd < end && char.IsLetter(text[wordEnd]))
            wordEnd++;
        var following = text.AsSpan(next, wordEnd - next);
        if (word.IsEmpty)
            return false;
        if (after > mark + 1)
            return !Abbreviations.IsTitle(word);
        if (char.IsDigit(text[next]) && (Abbreviations.NeedsNumber(word) || word.EndsWith("str", StringComparison.OrdinalIgnoreCase)))
            return false;
        if (word.Length == 1 && char.IsLetter(word[0]))
            return IsEndAfterLetter(text, first, start, following);
        if (IsNumber(word))
            return !IsNumbering(text, first, start) && !Abbreviations.IsCounted(following);
        if (Abbreviations.IsTitle(word))
            return false;
        return (!Abbreviations.MayEnd(word) && !HasInnerStops(word)) || Abbreviations.IsStarter(following);
    }

    private static bool IsEndAfterLetter(string text, int first, int start, ReadOnlySpan<char> following)
    {
        var letter = text[start];
        if (IsNumbering(text, first, start) || letter is 'v' or 'c' or 'z')
            return false;
        return !IsInitial(text, first, start, letter) || Abbreviations.IsStarter(following);
    }

    private static bool IsNumber(ReadOnlySpan<char> word)
        => !word.ContainsAnyExcept(Digits) || (word.Length is > 1 and <= 5 && !word.ContainsAnyExcept("IVX"));

    /// <summary>The number stands at the sentence's start, as in <c>4.2. Berths</c>; nothing but marks precedes it.</summary>
    private static bool IsNumbering(string text, int first, int start)
        => text.AsSpan(first, start - first).Trim(" \t\n\"'([{“‘«„*-–—•§").IsEmpty;

    /// <summary>A letter is an initial when a name or another initial stands before it, or nothing.</summary>
    private static bool IsInitial(string text, int first, int start, char letter)
    {
        if (!char.IsUpper(letter))
            return false;
        var before = start - 1;
        while (before > first && text[before - 1] == ' ')
            before--;
        var word = before;
        while (word > first && !char.IsWhiteSpace(text[word - 1]))
            word--;
        return before <= first || char.IsUpper(text[word]) || text[before - 1] is '.' or '&' or ',' or ';' or '(';
    }

    /// <summary>Letters between stops: <c>U.S</c>, <c>a.m</c>, <c>z.B</c>; not a host name or a file.</summary>
    private static bool HasInnerStops(ReadOnlySpan<char> word)
    {
        if (!word.Contains('.'))
            return false;
        foreach (var part in word.Split('.'))
        {
            var (offset, length) = part.GetOffsetAndLength(word.Length);
            if (length is 0 or > 2 || !char.IsLetter(word[offset]))
                return false;
        }
        return true;
    }
}
