using System.Collections.Frozen;

namespace Cairn.Knowledge;

/// <summary>Names of formats, and which endings they have.</summary>
internal static class Formats
{
    public const string Markdown = "markdown";
    public const string Html = "html";
    public const string Text = "text";
    public const string Csv = "csv";
    public const string Docx = "docx";
    public const string Pdf = "pdf";

    private static readonly FrozenDictionary<string, string> ByEnding = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = Markdown, [".markdown"] = Markdown, [".mdown"] = Markdown, [".mkd"] = Markdown, [".mdx"] = Markdown,
        [".html"] = Html, [".htm"] = Html, [".xhtml"] = Html,
        [".txt"] = Text, [".text"] = Text, [".log"] = Text, [".rst"] = Text, [".adoc"] = Text, [".asciidoc"] = Text, [".org"] = Text,
        [".csv"] = Csv, [".tsv"] = Csv, [".tab"] = Csv,
        [".docx"] = Docx, [".docm"] = Docx,
        [".pdf"] = Pdf,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>By ending; files without one by their first bytes; null when it is none of ours.</summary>
    public static string? Of(string path, ReadOnlySpan<byte> head)
    {
        var ending = Path.GetExtension(path);
        if (ByEnding.TryGetValue(ending, out var format))
            return format;
        if (head.StartsWith("%PDF-"u8))
            return Pdf;
        if (FileSignature.IsHtml(head) && ending.Length == 0)
            return Html;
        return ending.Length == 0 && !head.IsEmpty && !head.Contains((byte)0) && FileSignature.Of(head) is null
            && head.IndexOfAnyInRange((byte)1, (byte)8) < 0 ? Text : null;
    }

    public static string Name(string format)
        => format switch { Docx => "Word", Pdf => "PDF", Csv => "CSV", Html => "HTML", Markdown => "Markdown", _ => "text" };
}
