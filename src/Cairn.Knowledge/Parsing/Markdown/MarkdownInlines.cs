using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax.Inlines;

namespace Cairn.Knowledge;

/// <summary>The text of a line of Markdown without its marks: the words of a link, the description of an image.</summary>
internal static partial class MarkdownInlines
{
    public static string Text(ContainerInline? inlines)
    {
        if (inlines?.FirstChild is LiteralInline { NextSibling: null } only)
            return only.Content.ToString();
        var text = new StringBuilder();
        Write(inlines, part => text.Append(part));
        return text.ToString();
    }

    public static void Write(ContainerInline? inlines, ReadingWriter writer) => Write(inlines, writer.Append);

    public static string WithoutTags(string html) => WebUtility.HtmlDecode(Tag().Replace(html, " "));

    private static void Write(ContainerInline? inlines, Action<ReadOnlySpan<char>> write)
    {
        for (var inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    write(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    write(code.ContentSpan);
                    break;
                case LineBreakInline line:
                    write(line.IsHard ? "\n" : " ");
                    break;
                case AutolinkInline link:
                    write(link.Url);
                    break;
                case HtmlEntityInline entity:
                    write(entity.Transcoded.AsSpan());
                    break;
                case HtmlInline html:
                    write(html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase) ? "\n" : "");
                    break;
                case TaskList task:
                    write(task.Checked ? "[x] " : "[ ] ");
                    break;
                case FootnoteLink note:
                    write(note.IsBackLink ? "" : $"[{(note.Footnote.Label ?? "").TrimStart('^')}]");
                    break;
                case DelimiterInline delimiter:
                    write(delimiter.ToLiteral());
                    Write(delimiter, write);
                    break;
                case ContainerInline container:
                    Write(container, write);
                    break;
            }
        }
    }

    [GeneratedRegex(@"<!--.*?(-->|\z)|<(script|style)\b.*?(</\2\s*>|\z)|</?[a-zA-Z][^<>]*>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
