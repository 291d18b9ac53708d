using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Cairn.Apps;

/// <summary>Cuts prose and lists into sentences. A line break ends a sentence; so does a full stop that no abbreviation or number owns.</summary>
internal static partial class Sentences
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "e.g", "i.e", "cf", "vs", "etc", "no", "nos", "nr", "art", "sec", "approx", "ca", "mr", "mrs", "ms", "dr", "prof", "st", "jan", "feb", "mar", "apr",
        "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "inc", "ltd", "co", "p", "pp", "fig", "z.b", "d.h", "u.a", "bzw", "max", "min", "tel", "abs",
    };

    /// <summary>The spans of the sentences, trimmed and in order; white space between them belongs to none.</summary>
    public static ImmutableArray<TextSpan> Split(string text)
    {
        var spans = ImmutableArray.CreateBuilder<TextSpan>();
        var start = 0;
        foreach (Match match in End().Matches(text))
        {
            var end = match.Index + match.Length;
            if (match.ValueSpan[0] == '.' && OwnsDot(text, start, match.Index))
                continue;
            Add(start, end);
            start = end;
        }
        Add(start, text.Length);
        return spans.ToImmutable();

        void Add(int from, int to)
        {
            while (from < to && char.IsWhiteSpace(text[from]))
                from++;
            while (to > from && char.IsWhiteSpace(text[to - 1]))
                to--;
            if (to > from)
                spans.Add(new(from, to));
        }
    }

    /// <summary>The dot belongs to an abbreviation, an initial, or a number that begins a list item or a date.</summary>
    private static bool OwnsDot(string text, int start, int dot)
    {
        var from = dot;
        while (from > start && !char.IsWhiteSpace(text[from - 1]) && text[from - 1] is not ('(' or '['))
            from--;
        var word = text[from..dot];
        if (Abbreviations.Contains(word))
            return word is not ("no" or "No" or "may" or "max" or "min") || (dot + 2 < text.Length && char.IsDigit(text[dot + 2]));
        if (word.Length == 1 && char.IsUpper(word[0]))
            return true;
        var number = word.Length > 0 && word.All(char.IsDigit);
        return number && (text[start..from].Trim().Length == 0 || word.Length <= 2 && dot + 2 < text.Length && Month().IsMatch(text.AsSpan(dot + 1)));
    }

    [GeneratedRegex(@"[.!?…]+[""'”’»)\]]*(?=\s|$)|[。！？]|\n", RegexOptions.CultureInvariant)]
    private static partial Regex End();

    [GeneratedRegex(@"^\s*(Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)", RegexOptions.CultureInvariant)]
    private static partial Regex Month();
}
