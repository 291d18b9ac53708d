using System.Text;

namespace Cairn.Knowledge.Tests;

internal static class Parsed
{
    public static ParsedDocument Markdown(string text) => new MarkdownParser().Parse(Encoding.UTF8.GetBytes(text), "a.md", default);

    public static ParsedDocument Html(string text) => new HtmlParser().Parse(Encoding.UTF8.GetBytes(text), "a.html", default);

    public static ParsedDocument Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static ParsedDocument Text(byte[] bytes) => new TextParser().Parse(bytes, "a.txt", default);

    public static ParsedDocument Csv(string text) => new CsvParser().Parse(Encoding.UTF8.GetBytes(text), "a.csv", default);

    /// <summary>One line per block: <c>Heading1 Text</c>.</summary>
    public static string[] Outline(this ParsedDocument document)
        => [.. document.Blocks.Select(b => $"{b.Kind}{(b.Level > 0 ? b.Level : "")} {document.Text[b.Start..b.End].Replace('\n', '⏎')}")];

    /// <summary>What every extracted text promises.</summary>
    public static void Holds(ParsedDocument document)
    {
        Assert.DoesNotContain(document.Text, c => c is '\r' or '\0' or '\uFEFF');
        var at = 0;
        foreach (var block in document.Blocks)
        {
            Assert.True(block.Start >= at && block.End > block.Start && block.End <= document.Text.Length);
            Assert.True(string.IsNullOrWhiteSpace(document.Text[at..block.Start]));
            at = block.End;
        }
        Assert.True(string.IsNullOrWhiteSpace(document.Text[at..]));
        Assert.All(document.Words, w => Assert.DoesNotContain(document.Text[w.Start..w.End], char.IsWhiteSpace));
    }
}
