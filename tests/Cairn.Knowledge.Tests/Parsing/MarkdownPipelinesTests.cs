namespace Cairn.Knowledge.Tests;

public sealed class MarkdownPipelinesTests
{
    private static readonly string[] Parts =
    [
        "quay", "tide", " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "# ", "- ", "1. ", "> ", "    ", "*", "**", "_", "`", "```\n", "~", "~~",
        "^", "^2^", "+", "++", "==", "=",
        "|", " | ", "|---|---|\n", "| a | b |\n", "+---+---+\n", "+===+===+\n", "|x  |y  |\n", ":", ": ", ":   ", "\n:   ", "~ ", "[ ]",
        "[x] ", "- [x] ", "[^1]", "[^1]: ", "[a](b)", "[a]: /b\n",
        "http://a.b/c_d_", "https://x.y/~z~", "www.cairn.example", "mailto:a@b.c", "tel:+1", "HTTP://A.B", "ftp://f", "<b>", "</b>", "<br>",
        "<!-- ", " -->", "&amp;", "\\", "!", "ä", "\t", "---\n", "===\n",
    ];

    [Fact]
    public void A_text_reads_the_same_with_the_extensions_it_may_use_as_with_all()
    {
        var random = new Random(7);
        for (var n = 0; n < 3000; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Parts[random.Next(Parts.Length)]));
            Assert.Equal(Read(text, MarkdownPipelines.All), Read(text, MarkdownPipelines.For(text)));
        }
    }

    [Fact]
    public void Prose_gets_no_extension()
    {
        Assert.Empty(MarkdownPipelines.For("# Berths\n\nA **ship** is long: 150 m: tugs.\n\n- rules\n").Extensions);
        Assert.Equal(7, MarkdownPipelines.All.Extensions.Count);
    }

    private static string Read(string text, Markdig.MarkdownPipeline pipeline)
    {
        var composer = new DocumentComposer();
        new MarkdownWalk(composer, default).Walk(Markdig.Markdown.Parse(text, pipeline));
        composer.Add(BlockKind.Paragraph, "end");
        return $"{text}\n=>\n{string.Join('\n', composer.Finish().Outline())}";
    }
}
