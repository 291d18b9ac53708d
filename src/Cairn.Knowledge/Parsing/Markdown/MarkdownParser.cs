namespace Cairn.Knowledge;

/// <summary>Markdown (CommonMark with tables, footnotes, task and definition lists) as the text a reader sees.</summary>
internal sealed class MarkdownParser : IFormatParser
{
    public ParsedDocument Parse(ReadOnlyMemory<byte> bytes, string path, CancellationToken cancellationToken)
    {
        var notices = new List<string>();
        var text = TextDecoder.Decode(bytes.Span, notices);
        var front = FrontMatter.Of(text, notices);
        var body = front.BodyStart == 0 ? text : text[front.BodyStart..];
        var composer = new DocumentComposer(body.Length);
        notices.ForEach(composer.Notice);
        try
        {
            new MarkdownWalk(composer, cancellationToken).Walk(Markdig.Markdown.Parse(body, MarkdownPipelines.For(body)));
        }
        catch (ArgumentException)
        {
            composer = new DocumentComposer(body.Length);
            composer.Notice("nested too deeply for Markdown; read as plain text");
            TextParser.Compose(body, composer, cancellationToken);
        }
        return composer.Finish(front.Metadata.GetValueOrDefault("title")) with { Metadata = front.Metadata, Access = front.Access };
    }
}
