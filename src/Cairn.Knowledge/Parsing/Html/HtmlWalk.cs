using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Cairn.Knowledge;

/// <summary>Walks a page's elements and writes blocks. Inline text gathers until a block begins or ends.</summary>
internal sealed partial class HtmlWalk(DocumentComposer composer, CancellationToken cancellationToken)
{
    /// <summary>Elements below this depth are taken as text only: no page that people wrote is so deep.</summary>
    private const int Deepest = 200;

    private static readonly FrozenSet<string> Noise = FrozenSet.Create(
        StringComparer.Ordinal,
        "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "input", "select", "textarea", "iframe",
        "object", "embed",
        "svg", "canvas", "audio", "video", "map", "head", "dialog", "menu");

    private static readonly FrozenSet<string> Inline = FrozenSet.Create(
        StringComparer.Ordinal,
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "ruby",
        "s", "samp",
        "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "big", "strike", "acronym", "nobr");

    private readonly StringBuilder _inline = new();
    private readonly HtmlTables _tables = new(composer);
    private BlockKind _kind = BlockKind.Paragraph;
    private int _level;
    private string _mark = "";

    public void Walk(IElement root)
    {
        Children(root, 0);
        Flush();
    }

    private void Children(IElement parent, int depth)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
                _inline.Append(text.Data);
            else if (node is IElement element && !IsNoise(element))
                Element(element, depth + 1);
        }
    }

    private void Element(IElement element, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = element.LocalName;
        if (depth > Deepest)
            AppendText(element);
        else if (name == "br")
            _inline.Append('\u2028');
        else if (name == "img")
            _inline.Append(' ').Append(element.GetAttribute("alt")).Append(' ');
        else if (Inline.Contains(name))
            Children(element, depth);
        else if (name is ['h', >= '1' and <= '6'])
            Within(element, depth, BlockKind.Heading, name[1] - '0');
        else if (name is "ul" or "ol")
            List(element, depth);
        else if (name == "table")
            Table(element);
        else if (name == "pre")
            Preformatted(element);
        else
            Within(element, depth, name is "blockquote" ? BlockKind.Quote : name is "dd" or "dt" or "li" ? BlockKind.ListItem : _kind,
                _level);
    }

    private void Within(IElement element, int depth, BlockKind kind, int level, string mark = "")
    {
        Flush();
        var (outerKind, outerLevel) = (_kind, _level);
        (_kind, _level, _mark) = (kind, level == 0 && kind == BlockKind.ListItem ? 1 : level, mark);
        Children(element, depth);
        Flush();
        (_kind, _level, _mark) = (outerKind, outerLevel, "");
    }

    private void List(IElement list, int depth)
    {
        Flush();
        var number = int.TryParse(list.GetAttribute("start"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var start)
            ? start
            : 1;
        var level = _kind == BlockKind.ListItem ? _level + 1 : 1;
        foreach (var item in list.Elements().Where(i => !IsNoise(i)))
        {
            if (item.LocalName != "li")
                Element(item, depth + 1);
            else
                Within(item, depth + 1, BlockKind.ListItem, level,
                    list.LocalName == "ol" ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "");
        }
    }

    private void Table(IElement table)
    {
        Flush();
        if (IsLayout(table))
        {
            foreach (var cell in table.Below().Where(c => c.LocalName == "td" && !c.Below().Any(e => e.LocalName == "table")))
                Within(cell, Deepest / 2, BlockKind.Paragraph, 0);
            return;
        }
        _tables.Add(table);
    }

    /// <summary>A table that only says where on the page its content stands.</summary>
    private static bool IsLayout(IElement table)
    {
        var holdsBlocks = false;
        foreach (var element in table.Below())
        {
            if (element.LocalName == "th")
                return false;
            holdsBlocks = holdsBlocks || element.LocalName is "table" or "h1" or "h2" or "h3" or "ul" or "ol" || HoldsParagraphs(element);
        }
        return holdsBlocks;
    }

    /// <summary>Two of them, one right after the other.</summary>
    private static bool HoldsParagraphs(IElement element)
    {
        var follows = false;
        foreach (var child in element.Elements())
        {
            if (follows && child.LocalName == "p")
                return true;
            follows = child.LocalName == "p";
        }
        return false;
    }

    private void Preformatted(IElement element)
    {
        Flush();
        composer.Add(BlockKind.Code, element.TextContent, whitespace: Whitespace.Keep);
    }

    private void Flush()
    {
        if (_inline.Length == 0)
            return;
        var text = _inline.ToString();
        _inline.Clear();
        if (string.IsNullOrWhiteSpace(text))
            return;
        text = _mark + LineEnds().Replace(text, " ").Replace('\u2028', '\n');
        _mark = "";
        composer.Add(_kind, text, _level, whitespace: _kind == BlockKind.Heading ? Whitespace.Flow : Whitespace.Lines);
    }

    private void AppendText(IElement element)
    {
        foreach (var text in element.Descendants<IText>())
        {
            if (text.ParentElement is not { LocalName: "script" or "style" })
                _inline.Append(text.Data).Append(' ');
        }
    }

    internal static bool IsNoise(IElement element)
    {
        var name = element.LocalName;
        if (Noise.Contains(name) || (name == "header" && !Inside(element)))
            return true;
        if (element.Attributes.Length == 0)
            return false;
        if (element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true"
            || Hidden().IsMatch(element.GetAttribute("style") ?? ""))
            return true;
        if (element.GetAttribute("role") is "navigation" or "banner" or "contentinfo" or "complementary" or "search" or "dialog"
            or "alertdialog")
            return true;
        if (name is ['h', >= '1' and <= '6'] or "main" or "article" or "td" or "th" or "tr")
            return false;
        return NoiseName().IsMatch(element.ClassName ?? "") || NoiseName().IsMatch(element.Id ?? "");
    }

    /// <summary>A header inside the content belongs to it; the page's own does not.</summary>
    private static bool Inside(IElement element)
    {
        for (var parent = element.ParentElement; parent is not null; parent = parent.ParentElement)
        {
            if (parent.LocalName is "main" or "article" or "section")
                return true;
        }
        return false;
    }

    [GeneratedRegex(@"\s*[\n\r]\s*")]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(
        @"(^|[\s_-])(cookies?-?(banner|consent|notice|bar|popup|wall|message)|(gdpr|consent)-?(banner|bar|popup|notice)|breadcrumbs?|crumbs?|skip-?(link|nav|to-content)|sidebar|newsletter-?\w*|social(-?(share|links|bar))?|share-?(buttons|bar|links)|advert(isement)?s?|popup|pagination|site-?(header|footer|nav)|nav(bar|igation)?|screen-reader-text|sr-only|visually-hidden)([\s_-]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex NoiseName();
}
