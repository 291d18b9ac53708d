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
        if (inlines is not null)
            Append(text, inlines);
        return text.ToString();
    }

    public static string WithoutTags(string html) => WebUtility.HtmlDecode(Tag().Replace(html, " "));

    private static void Append(StringBuilder text, ContainerInline inlines)
    {
        for (var inline = inlines.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.ContentSpan);
                    break;
                case LineBreakInline line:
                    text.Append(line.IsHard ? '\n' : ' ');
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case HtmlInline html:
                    text.Append(html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase) ? "\n" : "");
                    break;
                case TaskList task:
                    text.Append(task.Checked ? "[x] " : "[ ] ");
                    break;
                case FootnoteLink note:
                    text.Append(note.IsBackLink ? "" : $"[{(note.Footnote.Label ?? "").TrimStart('^')}]");
                    break;
                case DelimiterInline delimiter:
                    text.Append(delimiter.ToLiteral());
                    Append(text, delimiter);
                    break;
                case ContainerInline container:
                    Append(text, container);
                    break;
            }
        }
    }

    [GeneratedRegex(@"<!--.*?(-->|\z)|<(script|style)\b.*?(</\2\s*>|\z)|</?[a-zA-Z][^<>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
