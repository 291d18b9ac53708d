using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Cairn.Knowledge;

/// <summary>
/// A web page as its readers see it: the main part when the page says which it is, without navigation, banners, scripts and hidden parts.
/// </summary>
internal sealed partial class HtmlParser : IFormatParser
{
    private static readonly ImmutableHashSet<string> KeptNames =
    [
        "description", "author", "date", "keywords", "language", "supersedes", "og:title", "last-modified", "article:published_time",
        "article:modified_time",
        "dcterms.modified", "dcterms.date", "dcterms.created", "dc.date",
    ];

    public ParsedDocument Parse(ReadOnlyMemory<byte> bytes, string path, CancellationToken cancellationToken)
    {
        var notices = new List<string>();
        var html = Decode(bytes.Span, notices);
        using var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        var composer = new DocumentComposer(html.Length / 2);
        notices.ForEach(composer.Notice);
        var landmarks = new HtmlLandmarks(page);
        var main = Main(page, landmarks);
        if (main is not null)
            new HtmlWalk(composer, cancellationToken).Walk(main);
        var metadata = Metadata(page, landmarks);
        var title = landmarks.Headings.Count == 1 ? landmarks.Headings[0].TextContent : page.Title is { Length: > 0 } named ? named : null;
        return composer.Finish(title) with { Metadata = metadata };
    }

    private static string Decode(ReadOnlySpan<byte> bytes, List<string> notices)
    {
        if (FileSignature.Of(bytes) is { } other)
            throw Unreadable.Mismatch("HTML", other);
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        var charset = Charset().Match(head) is { Success: true } match ? match.Groups[1].Value : null;
        if (charset is null || charset.StartsWith("utf", StringComparison.OrdinalIgnoreCase)
            || bytes.IndexOfAnyExceptInRange((byte)1, (byte)0x7F) < 0)
            return TextDecoder.Decode(bytes, notices);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase)
            ? "windows-1252"
            : charset);
        return encoding is null || bytes is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
            ? TextDecoder.Decode(bytes, notices)
            : encoding.GetString(bytes);
    }

    /// <summary>The element that holds the content: main, the only article, else the body.</summary>
    private static IElement? Main(IDocument page, HtmlLandmarks landmarks)
    {
        if (landmarks.Mains.Find(m => m.TextContent.Length > 0) is { } main)
            return main;
        var articles = landmarks.Articles;
        return articles.Count == 1 && articles[0].TextContent.Length * 3 > (page.Body?.TextContent.Length ?? 0) ? articles[0] : page.Body;
    }

    private static ImmutableDictionary<string, string> Metadata(IDocument page, HtmlLandmarks landmarks)
    {
        var metadata = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var meta in landmarks.Metas)
        {
            var name = (meta.GetAttribute("name") ?? meta.GetAttribute("property") ?? "").ToLowerInvariant();
            if (KeptNames.Contains(name) && ReadingText.Of(meta.GetAttribute("content")!) is { Length: > 0 } value)
                metadata[name] = value;
        }
        if (page.DocumentElement?.GetAttribute("lang") is { Length: > 0 } language)
            metadata["language"] = ReadingText.Of(language);
        return metadata.ToImmutable();
    }

    [GeneratedRegex(@"<meta[^>]{0,200}charset\s*=\s*[""']?\s*([a-zA-Z0-9_:.-]{1,40})", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
