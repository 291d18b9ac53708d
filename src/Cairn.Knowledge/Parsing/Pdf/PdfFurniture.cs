using System.Text.RegularExpressions;

namespace Cairn.Knowledge;

/// <summary>Removes what repeats at the top and bottom of pages: running heads, footers, page numbers.</summary>
internal static partial class PdfFurniture
{
    /// <summary>Share of the page's height at each end where furniture stands.</summary>
    private const double Margin = 0.09;

    private const float Tolerance = 3;

    public static void Remove(List<PdfPage> pages)
    {
        var seen = pages.SelectMany(p => p.Lines.Where(l => AtEdge(p, l)).Select(l => Key(p, l)).Distinct()).GroupBy(k => k)
            .ToDictionary(g => g.Key, g => g.Count());
        foreach (var page in pages)
            page.Lines.RemoveAll(l => AtEdge(page, l)
                && ((pages.Count > 1 && seen[Key(page, l)] * 2 > pages.Count) || PageNumber().IsMatch(l.Text)));
    }

    private static bool AtEdge(PdfPage page, PdfLine line) => line.Bottom < page.Height * Margin || line.Y > page.Height * (1 - Margin);

    private static (string Text, int Y) Key(PdfPage page, PdfLine line)
        => (Digits().Replace(line.Text, "#"), (int)Math.Round((line.Y < page.Height / 2 ? line.Y : page.Height - line.Bottom) / Tolerance));

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^([-–|]\s*)?((page|seite|p\.)\s*)?\d{1,4}(\s*(of|von|/)\s*\d{1,4})?(\s*[-–|])?$", RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();
}
