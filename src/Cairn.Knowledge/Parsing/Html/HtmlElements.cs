using AngleSharp.Dom;

namespace Cairn.Knowledge;

/// <summary>
/// Looks for elements without selectors: those bring a parser of style sheets with them, which costs a worker that reads some hundred
/// pages more than what it finds.
/// </summary>
internal static class HtmlElements
{
    /// <summary>The child elements; AngleSharp's own list of them counts from the first again for each.</summary>
    public static IEnumerable<IElement> Elements(this INode parent) => parent.ChildNodes.OfType<IElement>();

    /// <summary>The elements at any depth below, in the order of the document.</summary>
    public static IEnumerable<IElement> Below(this INode root) => root.Descendants<IElement>();
}
