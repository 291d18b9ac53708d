using AngleSharp.Dom;

namespace Cairn.Knowledge;

/// <summary>The elements that tell what a page is and where its content stands, in the order of the document, found in one walk.</summary>
internal sealed class HtmlLandmarks
{
    public HtmlLandmarks(IDocument page)
    {
        foreach (var element in page.Below())
        {
            var name = element.LocalName;
            if (name == "main" || element.GetAttribute("role") == "main")
                Mains.Add(element);
            if (name == "article")
                Articles.Add(element);
            else if (name == "h1")
                Headings.Add(element);
            else if (name == "meta" && element.HasAttribute("content"))
                Metas.Add(element);
        }
    }

    /// <summary>By their name or their role.</summary>
    public List<IElement> Mains { get; } = [];

    public List<IElement> Articles { get; } = [];

    /// <summary>Of the first level.</summary>
    public List<IElement> Headings { get; } = [];

    /// <summary>Those with a <c>content</c>.</summary>
    public List<IElement> Metas { get; } = [];
}
