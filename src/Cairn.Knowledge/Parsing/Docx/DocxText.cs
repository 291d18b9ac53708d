using System.Text;
using System.Xml.Linq;

namespace Cairn.Knowledge;

/// <summary>The text of a paragraph as it would be printed: insertions in, deletions, field codes and hidden runs out.</summary>
internal static class DocxText
{
    public static string Of(XElement paragraph)
    {
        var text = new StringBuilder();
        foreach (var child in paragraph.Elements())
            Append(text, child);
        return text.ToString();
    }

    /// <summary>Paragraphs of text boxes inside, which have no place in the line.</summary>
    public static IEnumerable<XElement> Boxed(XElement paragraph)
        => paragraph.Descendants().Where(e => e.Name.LocalName == "txbxContent" && !e.Ancestors().Any(a => a.Name.LocalName == "Fallback"))
            .SelectMany(b => b.Elements().Where(e => e.Name.LocalName == "p"));

    private static void Append(StringBuilder text, XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "t":
                text.Append(element.Value);
                break;
            case "tab" or "ptab":
                text.Append(' ');
                break;
            case "br" or "cr":
                text.Append(element.Value("type") is "page" or "column" ? ' ' : '\n');
                break;
            case "noBreakHyphen":
                text.Append('-');
                break;
            case "footnoteReference" or "endnoteReference":
                text.Append('[').Append(element.Value("id")).Append(']');
                break;
            case "r" when element.Child("rPr")?.Child("vanish").IsOn() == true:
            case "del" or "moveFrom" or "delText" or "instrText" or "pPr" or "rPr" or "txbxContent" or "Fallback" or "pict" or "drawing"
                or "object":
                break;
            default:
                foreach (var child in element.Elements())
                    Append(text, child);
                break;
        }
    }
}
