using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// Takes foreign text over into the form that offsets refer to: LF line ends, composed characters, typographic ligatures spelt out, no
/// control characters, soft hyphens, zero-width or direction marks, no lone surrogates, no white space at either end.
/// </summary>
internal static class ReadingText
{
    /// <returns>True when something was appended.</returns>
    public static bool Append(StringBuilder target, ReadOnlySpan<char> text, Whitespace whitespace = Whitespace.Flow)
    {
        var start = target.Length;
        if (whitespace == Whitespace.Keep)
            text = text.TrimEnd();
        var pending = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text[i..];
            var plain = rest.IndexOfAnyExceptInRange('!', '~');
            if (plain < 0)
                plain = rest.Length;
            if (plain > 0)
            {
                Separate(target, start, ref pending);
                target.Append(rest[..plain]);
                i += plain - 1;
                continue;
            }
            var c = text[i];
            if (IsLineEnd(c))
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                if (whitespace == Whitespace.Keep)
                    NextLine(target, start);
                else
                    pending = whitespace == Whitespace.Lines || pending == '\n' ? '\n' : ' ';
            }
            else if (c is ' ' or '\t' or '\u00A0' or '\u3000' or '\u1680' || char.IsWhiteSpace(c))
            {
                if (whitespace == Whitespace.Keep)
                    target.Append(c == '\t' ? "    " : " ");
                else if (pending == '\0')
                    pending = ' ';
            }
            else if (!IsDropped(c))
            {
                Separate(target, start, ref pending);
                i += AppendOne(target, start, text, i);
            }
        }
        return target.Length > start;
    }

    public static string Of(string text, Whitespace whitespace = Whitespace.Flow)
    {
        var target = new StringBuilder(text.Length);
        Append(target, text, whitespace);
        return target.ToString();
    }

    private static void Separate(StringBuilder target, int start, ref char pending)
    {
        if (pending != '\0' && target.Length > start)
            target.Append(pending);
        pending = '\0';
    }

    private static void NextLine(StringBuilder target, int start)
    {
        while (target.Length > start && target[^1] == ' ')
            target.Length--;
        if (target.Length > start)
            target.Append('\n');
    }

    /// <returns>How many further characters were used.</returns>
    private static int AppendOne(StringBuilder target, int start, ReadOnlySpan<char> text, int i)
    {
        var c = text[i];
        if (char.IsSurrogate(c))
        {
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                target.Append(c).Append(text[i + 1]);
                return 1;
            }
            target.Append('\uFFFD');
        }
        else if (c is >= '\uFB00' and <= '\uFB06')
        {
            target.Append((c - '\uFB00') switch { 0 => "ff", 1 => "fi", 2 => "fl", 3 => "ffi", 4 => "ffl", _ => "st" });
        }
        else if (target.Length > start && Composition.MayCompose(c) && Composition.TryCompose(target[^1], c, out var composed))
        {
            target[^1] = composed;
        }
        else
        {
            target.Append(c);
        }
        return 0;
    }

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Control characters, soft hyphen, zero-width space and joiner, byte order mark, direction marks, non-characters.</summary>
    private static bool IsDropped(char c)
        => c < ' ' || c is (>= '\u007F' and < '\u00A0') or '\u00AD' or '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF'
            or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFFFE' or '\uFFFF';
}
