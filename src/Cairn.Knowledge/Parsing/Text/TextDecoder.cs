using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Cairn.Knowledge;

/// <summary>
/// Finds a text file's encoding: byte order mark, UTF-16 without one (every other byte zero), UTF-8, else Windows-1252. Binary content is
/// refused by name where its first bytes tell.
/// </summary>
internal static class TextDecoder
{
    private static readonly Encoding Latin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b is < 9 or (> 13 and not 27)).Select(b => (byte)b)]);

    /// <exception cref="UnreadableFileException">Empty, or not text.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, ICollection<string> notices)
    {
        if (bytes.IsEmpty)
            throw Unreadable.Empty();
        if (FileSignature.Of(bytes) is { } signature)
            throw Unreadable.Binary(signature);
        if (Marked(bytes) is { } marked)
            return marked;
        if (bytes.Contains((byte)0))
            return Unmarked16(bytes) ?? throw Unreadable.Binary("binary data (it holds NUL bytes)");
        RefuseControls(bytes);
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        return Invalid8(bytes, notices);
    }

    private static string? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFF, 0xFE, 0, 0, .. var rest] => Encoding.UTF32.GetString(rest),
        [0, 0, 0xFE, 0xFF, .. var rest] => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => null,
    };

    private static string? Unmarked16(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length & ~1, 8192)];
        int even = 0, odd = 0;
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }
        var pairs = head.Length / 2;
        Encoding? encoding = odd * 10 > pairs * 4 && even * 50 < pairs
            ? Encoding.Unicode
            : even * 10 > pairs * 4 && odd * 50 < pairs ? Encoding.BigEndianUnicode : null;
        var text = encoding?.GetString(bytes[..(bytes.Length & ~1)]);
        return text is null || text.Contains('\0') ? null : text;
    }

    private static void RefuseControls(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 1 << 16)];
        if (!head.ContainsAny(Controls))
            return;
        var controls = 0;
        foreach (var b in head)
            controls += Controls.Contains(b) ? 1 : 0;
        if (controls * 50 > head.Length)
            throw Unreadable.Binary("binary data");
    }

    private static string Invalid8(ReadOnlySpan<byte> bytes, ICollection<string> notices)
    {
        int valid = 0, invalid = 0, undefined = 0;
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var ascii = rest.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0)
                break;
            rest = rest[ascii..];
            var ok = Rune.DecodeFromUtf8(rest, out _, out var used) == OperationStatus.Done;
            valid += ok ? 1 : 0;
            invalid += ok ? 0 : 1;
            undefined += !ok && rest[0] is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D ? 1 : 0;
            rest = rest[used..];
        }
        if (undefined * 20 > bytes.Length)
            throw Unreadable.Binary("binary data");
        if (valid <= invalid && undefined == 0)
        {
            notices.Add("not UTF-8; read as Windows-1252");
            return Latin.GetString(bytes);
        }
        notices.Add(string.Create(CultureInfo.InvariantCulture, $"{invalid} byte sequences that are not UTF-8 were replaced by \uFFFD"));
        return Encoding.UTF8.GetString(bytes);
    }
}
