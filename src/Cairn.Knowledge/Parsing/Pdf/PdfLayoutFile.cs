using System.Globalization;
using System.Text;
using System.Xml;

namespace Cairn.Knowledge;

/// <summary>
/// Reads what <c>pdftotext -bbox-layout</c> writes: pages, lines and words with rectangles; its blocks and flows are left aside.
/// </summary>
internal static class PdfLayoutFile
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
    };

    public static (List<PdfPage> Pages, Dictionary<string, string> Properties) Read(Stream stream)
    {
        var pages = new List<PdfPage>();
        var properties = new Dictionary<string, string>();
        var words = new List<PdfWord>();
        using var reader = XmlReader.Create(new StreamReader(stream, Encoding.UTF8), Settings);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.Name == "line" && words.Count > 0)
            {
                pages[^1].Lines.Add(new PdfLine(words));
                words = [];
            }
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.Name == "page")
                pages.Add(new PdfPage(pages.Count + 1, Number(reader, "width"), Number(reader, "height"), []));
            else if (reader.Name == "word")
                AddWord(reader, words);
            else if (reader.Name == "title")
                properties["title"] = reader.ReadElementContentAsString();
            else if (reader.Name == "meta")
                properties[reader.GetAttribute("name")!.ToLowerInvariant()] = reader.GetAttribute("content") ?? "";
        }
        return (pages, properties);
    }

    private static void AddWord(XmlReader reader, List<PdfWord> words)
    {
        var (x, y, right, bottom) = (Number(reader, "xMin"), Number(reader, "yMin"), Number(reader, "xMax"), Number(reader, "yMax"));
        reader.Read();
        if (reader.NodeType == XmlNodeType.Text && ReadingText.Of(reader.Value) is { Length: > 0 } text)
            words.Add(new PdfWord(text, x, y, right, bottom));
    }

    private static float Number(XmlReader reader, string attribute)
        => float.TryParse(reader.GetAttribute(attribute), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && float.IsFinite(number) ? number : 0;
}
