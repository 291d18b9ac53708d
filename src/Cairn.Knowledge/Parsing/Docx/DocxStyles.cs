using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Cairn.Knowledge;

/// <summary>What styles say about structure: heading levels and numbering, with what they are based on.</summary>
internal sealed class DocxStyles
{
    private const int LongestChain = 20;

    private readonly Dictionary<string, XElement> _styles = [];

    public static DocxStyles Read(XmlReader? reader)
    {
        var styles = new DocxStyles();
        if (reader is null)
            return styles;
        foreach (var style in DocxXml.Elements(reader, "style"))
        {
            if (style.Value("styleId") is { } id)
                styles._styles[id] = style;
        }
        return styles;
    }

    /// <summary>1 to 6, or 0 for what is no heading.</summary>
    public int HeadingLevel(string? style, XElement? properties)
    {
        if (properties?.Child("outlineLvl").Number() is { } own)
            return own is >= 0 and < 9 ? Math.Min(own + 1, 6) : 0;
        // A style that the file does not describe is known by its built-in id, which is the name without the blank.
        if (style is not null && !_styles.ContainsKey(style))
            return BuiltIn(style.ToLowerInvariant(), "heading") ?? 0;
        foreach (var element in Chain(style))
        {
            if (BuiltIn(element.Child("name").Value()?.ToLowerInvariant() ?? "", "heading ") is { } level)
                return level;
            if (element.Child("pPr")?.Child("outlineLvl").Number() is { } outline)
                return outline is >= 0 and < 9 ? Math.Min(outline + 1, 6) : 0;
        }
        return 0;
    }

    public bool IsTitle(string? style)
        => Chain(style).Any(s => s.Child("name").Value()?.Equals("title", StringComparison.OrdinalIgnoreCase) == true)
            || (style is not null && !_styles.ContainsKey(style) && style.Equals("title", StringComparison.OrdinalIgnoreCase));

    public bool IsQuote(string? style)
        => Chain(style).Any(s => s.Child("name").Value()?.Contains("quote", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The numbering that a style brings, with the level where it names one.</summary>
    public (int Number, int? Level)? Numbering(string? style)
    {
        foreach (var element in Chain(style))
        {
            if (element.Child("pPr")?.Child("numPr") is { } numbering && numbering.Child("numId").Number() is { } number)
                return (number, numbering.Child("ilvl").Number());
        }
        return null;
    }

    private static int? BuiltIn(string name, string heading)
        => name == "title" ? 1
            : name.StartsWith(heading, StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(heading.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var level)
                    ? Math.Clamp(level, 1, 6)
                    : null;

    private IEnumerable<XElement> Chain(string? style)
    {
        for (var i = 0; i < LongestChain && style is not null && _styles.TryGetValue(style, out var element); i++)
        {
            yield return element;
            style = element.Child("basedOn").Value();
        }
    }
}
