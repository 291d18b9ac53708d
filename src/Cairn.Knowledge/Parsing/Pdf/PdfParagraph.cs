namespace Cairn.Knowledge;

/// <summary>Lines that are read as one: a heading, a paragraph, a list item.</summary>
internal sealed class PdfParagraph(PdfLine first, int page)
{
    public List<(PdfLine Line, int Page)> Lines { get; } = [(first, page)];

    public PdfLine First => Lines[0].Line;

    public PdfLine Last => Lines[^1].Line;

    public int Page => Lines[0].Page;

    public int LastPage => Lines[^1].Page;
}
