using System.Globalization;
using System.Xml.Linq;

namespace Cairn.Knowledge;

/// <summary>Names of WordprocessingML (ECMA-376 part 1, section 17), strict and transitional brought to one.</summary>
internal static class WordElements
{
    /// <summary>The child by local name, whatever the namespace's edition.</summary>
    public static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    public static string? Value(this XElement? element, string attribute = "val")
        => element?.Attributes().FirstOrDefault(a => a.Name.LocalName == attribute)?.Value;

    public static int? Number(this XElement? element, string attribute = "val")
        => int.TryParse(element.Value(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A switch such as <c>w:b</c>: on when it is there and not told to be off.</summary>
    public static bool IsOn(this XElement? element) => element is not null && element.Value() is not ("0" or "false" or "off");
}
