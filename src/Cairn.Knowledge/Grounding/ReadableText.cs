using System.Text.RegularExpressions;

namespace Cairn.Knowledge;

/// <summary>
/// Turns a quoted unit into a sentence of an answer: no list marker, the cells of a row parted by semicolons, one space between words, a
/// full stop.
/// </summary>
internal static partial class ReadableText
{
    public static string Of(string quote)
    {
        var text = Marker().Replace(quote, "");
        text = Cells().Replace(text, "; ");
        text = Space().Replace(text, " ").Trim();
        if (text.Length == 0)
            return quote.Trim();
        return text[^1] is '.' or '!' or '?' or '…' or '。'
            || (text[^1] is '"' or '”' or ')' or '\'' or '’' or ']' && text.Length > 1 && text[^2] is '.' or '!' or '?')
            ? text
            : text.TrimEnd(':', ';', ',') + ".";
    }

    [GeneratedRegex(@"^\s*(?:[-*•‣▪◦–—·]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex(@"\s*\|\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Cells();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
