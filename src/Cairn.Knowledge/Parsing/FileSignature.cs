namespace Cairn.Knowledge;

/// <summary>What a file's first bytes say it is.</summary>
internal static class FileSignature
{
    private static readonly (byte[] Bytes, string Name)[] Known =
    [
        ("%PDF-"u8.ToArray(), "a PDF document"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or Office document"),
        ([0x50, 0x4B, 0x05, 0x06], "an empty ZIP archive"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Office document of the old kind, or an encrypted one"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ("GIF8"u8.ToArray(), "a GIF image"),
        ("RIFF"u8.ToArray(), "a RIFF media file"),
        ([0x1F, 0x8B], "a gzip archive"),
        ("BZh"u8.ToArray(), "a bzip2 archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ([0xCA, 0xFE, 0xBA, 0xBE], "a program"),
        ([0x4D, 0x5A, 0x90, 0x00], "a program"),
        ("SQLite format 3\0"u8.ToArray(), "a SQLite database"),
        ("{\\rtf"u8.ToArray(), "a rich text document (RTF)"),
    ];

    /// <returns>A name for people with its article, or null when nothing is known about the bytes.</returns>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (bytes, name) in Known)
        {
            if (head.StartsWith(bytes))
                return name;
        }
        return null;
    }

    /// <summary>True for text that starts like HTML, after white space, comments and an XML declaration.</summary>
    public static bool IsHtml(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, 1024)];
        if (head is [0xEF, 0xBB, 0xBF, ..])
            head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty || head[0] != '<')
            return false;
        var text = System.Text.Encoding.Latin1.GetString(head);
        return text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }
}
