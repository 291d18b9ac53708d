using System.Xml;
using System.Xml.Linq;

namespace Cairn.Knowledge;

/// <summary>Reads the elements of a part one at a time, so that a long document is never a tree in memory.</summary>
internal static class DocxXml
{
    private const int Deepest = 200;

    /// <summary>Elements of one of these names, the outermost ones only. Deeper nesting than people make is refused.</summary>
    public static IEnumerable<XElement> Elements(XmlReader reader, params string[] names)
    {
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.Depth > Deepest)
                throw Unreadable.Broken("Word", "its elements are nested too deeply.");
            if (reader.NodeType == XmlNodeType.Element && Array.IndexOf(names, reader.LocalName) >= 0)
                yield return Load(reader);
            else
                reader.Read();
        }
    }

    private static XElement Load(XmlReader reader)
    {
        var name = XName.Get(reader.LocalName, reader.NamespaceURI);
        var root = new XElement(name);
        Attributes(reader, root);
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return root;
        }
        var open = root;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var child = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    Attributes(reader, child);
                    open.Add(child);
                    if (reader.Depth > Deepest)
                        throw Unreadable.Broken("Word", "its elements are nested too deeply.");
                    open = reader.IsEmptyElement ? open : child;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    open.Add(new XText(reader.Value));
                    break;
                case XmlNodeType.EndElement when open == root:
                    reader.Read();
                    return root;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
            }
        }
        return root;
    }

    private static void Attributes(XmlReader reader, XElement element)
    {
        if (!reader.MoveToFirstAttribute())
            return;
        do
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
                element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
        }
        while (reader.MoveToNextAttribute());
        reader.MoveToElement();
    }
}
