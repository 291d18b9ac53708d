using System.Globalization;
using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cairn.Knowledge;

/// <summary>Turns Markdig's blocks into ours.</summary>
internal sealed class MarkdownWalk(DocumentComposer composer, CancellationToken cancellationToken)
{
    public void Walk(ContainerBlock container, BlockKind prose = BlockKind.Paragraph, int depth = 0)
    {
        foreach (var block in container)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(block, prose, depth);
        }
    }

    private void Take(Markdig.Syntax.Block block, BlockKind prose, int depth)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Write(heading.Inline, BlockKind.Heading, heading.Level, Whitespace.Flow);
                break;
            case ListBlock list:
                foreach (var item in list.OfType<ListItemBlock>())
                    TakeItem(item, list.IsOrdered ? item.Order.ToString(CultureInfo.InvariantCulture) + list.OrderedDelimiter + " " : "",
                        prose, depth + 1);
                break;
            case QuoteBlock quote:
                Walk(quote, BlockKind.Quote, depth);
                break;
            case Table table:
                TakeTable(table);
                break;
            case Footnote footnote:
                TakeNote(footnote);
                break;
            case HtmlBlock html:
                composer.Add(prose, MarkdownInlines.WithoutTags(html.Lines.ToString()));
                break;
            case CodeBlock code:
                composer.Add(BlockKind.Code, code.Lines.ToString(), whitespace: Whitespace.Keep);
                break;
            case LinkReferenceDefinitionGroup or ThematicBreakBlock:
                break;
            case ContainerBlock container:
                Walk(container, prose, depth);
                break;
            case LeafBlock { Inline: { } inline }:
                Write(inline, prose, 0, Whitespace.Lines);
                break;
        }
    }

    private void TakeItem(ListItemBlock item, string number, BlockKind prose, int depth)
    {
        var first = true;
        foreach (var block in item)
        {
            if (first && block is ParagraphBlock { Inline: { } inline })
                Write(inline, BlockKind.ListItem, depth, Whitespace.Lines, number);
            else
                Take(block, prose, depth);
            first = false;
        }
    }

    private void TakeNote(Footnote footnote)
    {
        var label = $"[{(footnote.Label ?? "").TrimStart('^')}] ";
        foreach (var paragraph in footnote.OfType<ParagraphBlock>().Where(p => p.Inline is not null))
        {
            Write(paragraph.Inline, BlockKind.Paragraph, 0, Whitespace.Flow, label);
            label = "";
        }
    }

    private void TakeTable(Table table)
    {
        List<string>? names = null;
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = row.OfType<TableCell>().Select(CellText).ToList();
            if (row.IsHeader && names is null)
            {
                names = cells;
                TableComposer.Header(composer, cells);
            }
            else
            {
                TableComposer.Row(composer, names, cells);
            }
        }
    }

    private void Write(ContainerInline? inlines, BlockKind kind, int level, Whitespace whitespace, string before = "")
    {
        var writer = composer.Open(kind, whitespace);
        writer.Append(before);
        MarkdownInlines.Write(inlines, writer);
        composer.Close(level);
    }

    private static string CellText(TableCell cell)
    {
        var text = new StringBuilder();
        foreach (var leaf in cell.Descendants<LeafBlock>())
            text.Append(text.Length > 0 ? " " : "")
                .Append(leaf.Inline is { } inline ? MarkdownInlines.Text(inline) : leaf.Lines.ToString());
        return text.ToString();
    }
}
