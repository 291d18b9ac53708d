namespace Cairn.Knowledge;

internal sealed class CsvParser : IFormatParser
{
    public ParsedDocument Parse(ReadOnlyMemory<byte> bytes, string path, CancellationToken cancellationToken)
    {
        var notices = new List<string>();
        var text = TextDecoder.Decode(bytes.Span, notices);
        var composer = new DocumentComposer(text.Length * 2);
        notices.ForEach(composer.Notice);
        var dialect = CsvDialect.Of(text);
        string[]? names = null;
        foreach (var row in CsvRows.Read(text, dialect.Separator))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (names is null && dialect.HasHeader)
            {
                names = [.. row.Select(n => n.Replace('_', ' '))];
                TableComposer.Header(composer, names);
            }
            else
            {
                TableComposer.Row(composer, names, row);
            }
        }
        return composer.Finish();
    }
}
