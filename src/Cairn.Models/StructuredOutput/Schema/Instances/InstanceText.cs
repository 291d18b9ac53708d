using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Cairn.Models;

/// <summary>What a JSON string's token means: its escapes, its length in characters, its UTF-16.</summary>
internal static class InstanceText
{
    /// <summary>
    /// Writes what an escaped token means as UTF-8. A lone surrogate becomes U+FFFD, as in every other place that decodes it.
    /// </summary>
    /// <returns>Bytes written; never more than the token's.</returns>
    public static int Unescape(ReadOnlySpan<byte> token, Span<byte> into)
    {
        var written = 0;
        while (token.Length > 0)
        {
            var plain = token.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? token : token[..plain];
                run.CopyTo(into[written..]);
                written += run.Length;
                token = token[run.Length..];
                continue;
            }
            var rune = ReadEscape(ref token);
            written += rune.EncodeToUtf8(into[written..]);
        }
        return written;
    }

    /// <summary>The number of Unicode code points, which is what <c>minLength</c> and <c>maxLength</c> count.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> token, bool escaped)
    {
        var count = 0;
        if (!escaped)
        {
            foreach (var b in token)
                count += (b & 0xC0) != 0x80 ? 1 : 0;
            return count;
        }
        while (token.Length > 0)
        {
            if (token[0] == '\\')
                ReadEscape(ref token);
            else if ((token[0] & 0xC0) == 0x80)
            {
                token = token[1..];
                continue;
            }
            else
                token = token[1..];
            count++;
        }
        return count;
    }

    private static Rune ReadEscape(ref ReadOnlySpan<byte> token)
    {
        var kind = token[1];
        if (kind != 'u')
        {
            token = token[2..];
            return new Rune((char)(kind switch
            {
                (byte)'b' => 8,
                (byte)'f' => 12,
                (byte)'n' => 10,
                (byte)'r' => 13,
                (byte)'t' => 9,
                _ => kind,
            }));
        }
        var unit = HexUnit(token[2..6]);
        token = token[6..];
        if (!char.IsHighSurrogate(unit))
            return char.IsLowSurrogate(unit) ? Rune.ReplacementChar : new Rune(unit);
        if (token.Length >= 6 && token[0] == '\\' && token[1] == 'u' && HexUnit(token[2..6]) is var low && char.IsLowSurrogate(low))
        {
            token = token[6..];
            return new Rune(unit, low);
        }
        return Rune.ReplacementChar;
    }

    private static char HexUnit(ReadOnlySpan<byte> digits)
        => Utf8Parser.TryParse(digits, out ushort unit, out var read, 'X') && read == 4 ? (char)unit : '\uFFFD';

    /// <summary>An excerpt of a token for a message, at most 60 characters.</summary>
    public static string Excerpt(ReadOnlySpan<byte> token)
    {
        var text = Encoding.UTF8.GetString(token[..Math.Min(token.Length, 240)]);
        var cut = new StringInfo(text);
        return cut.LengthInTextElements <= 60 && token.Length <= 240
            ? text
            : cut.SubstringByTextElements(0, Math.Min(57, cut.LengthInTextElements)) + "...";
    }
}
