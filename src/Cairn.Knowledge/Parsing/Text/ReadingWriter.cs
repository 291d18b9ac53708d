using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// Takes foreign text over into the form that offsets refer to: LF line ends, composed characters, typographic ligatures spelt out, no
/// control characters, soft hyphens, zero-width or direction marks, no lone surrogates, no white space at either end. A text may come in
/// parts.
/// </summary>
internal sealed class ReadingWriter(StringBuilder target)
{
    private int _start;
    private Whitespace _whitespace;
    private char _pending;

    public bool IsEmpty => target.Length == _start;

    /// <summary>A new text begins where the target ends now.</summary>
    public void Begin(Whitespace whitespace) => (_start, _whitespace, _pending) = (target.Length, whitespace, '\0');

    /// <summary>The next part. Of a text that keeps its white space the last part comes without any at its end.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text[i..];
            var plain = rest.IndexOfAnyExceptInRange(' ', '~');
            if (plain < 0)
                plain = rest.Length;
            if (plain > 0)
            {
                AppendPlain(rest[..plain]);
                i += plain - 1;
                continue;
            }
            var c = text[i];
            if (IsLineEnd(c))
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                if (_whitespace == Whitespace.Keep)
                    NextLine();
                else
                    _pending = _whitespace == Whitespace.Lines || _pending == '\n' ? '\n' : ' ';
            }
            else if (c is '\t' or '\u00A0' or '\u3000' or '\u1680' || char.IsWhiteSpace(c))
            {
                if (_whitespace == Whitespace.Keep)
                    target.Append(c == '\t' ? "    " : " ");
                else if (_pending == '\0')
                    _pending = ' ';
            }
            else if (!IsDropped(c))
            {
                Separate();
                i += AppendOne(text, i);
            }
        }
    }

    /// <summary>Printable ASCII, most of most texts: taken over in as few pieces as its runs of spaces allow.</summary>
    private void AppendPlain(ReadOnlySpan<char> text)
    {
        if (_whitespace == Whitespace.Keep)
        {
            target.Append(text);
            return;
        }
        while (!text.IsEmpty)
        {
            if (text[0] == ' ')
            {
                text = text.TrimStart(' ');
                if (_pending == '\0')
                    _pending = ' ';
                continue;
            }
            var gap = text.IndexOf("  ");
            var words = gap >= 0 ? text[..gap] : text[^1] == ' ' ? text[..^1] : text;
            Separate();
            target.Append(words);
            text = text[words.Length..];
        }
    }

    private void Separate()
    {
        if (_pending != '\0' && target.Length > _start)
            target.Append(_pending);
        _pending = '\0';
    }

    private void NextLine()
    {
        while (target.Length > _start && target[^1] == ' ')
            target.Length--;
        if (target.Length > _start)
            target.Append('\n');
    }

    /// <returns>How many further characters were used.</returns>
    private int AppendOne(ReadOnlySpan<char> text, int i)
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
        else if (target.Length > _start && Composition.MayCompose(c) && Composition.TryCompose(target[^1], c, out var composed))
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
