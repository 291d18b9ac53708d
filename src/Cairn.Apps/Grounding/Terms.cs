using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Cairn.Apps;

/// <summary>The words of a text that carry meaning, cut to a stem, and its numbers in one form.</summary>
internal static partial class Terms
{
    private static readonly FrozenSet<string> Empty = (
        "a an the this that these those it its they them their he she his her we our you your i is are was were be been being am do does did done has have had having " +
        "of in on at to for from by with about as into over under and or but if then than so also only just not no nor can could may might must shall should will would " +
        "there here which who whom whose what when where why how any all each every some such more most other same very up out off down between during before after " +
        "yes according following passage passages document documents states says stated " +
        "der die das den dem des ein eine einer eines einem einen und oder aber ist sind war waren wird werden mit von zu zum zur im in am an auf für bei aus nach nicht kein keine " +
        "es sie er wir ihr ich man auch nur noch als wie dass daß so wenn le la les un une des du de et ou est sont dans sur pour par avec")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> NumberWords = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["one"] = "1", ["two"] = "2", ["three"] = "3", ["four"] = "4", ["five"] = "5", ["six"] = "6", ["seven"] = "7", ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10", ["eleven"] = "11", ["twelve"] = "12", ["twenty"] = "20", ["thirty"] = "30", ["sixty"] = "60", ["ninety"] = "90",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Endings =
    [
        "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "edly", "ers", "er", "ed", "es", "ly", "s", "e", "y",
    ];

    public static ImmutableHashSet<string> Of(string text)
        => [.. Word().Matches(text).Select(m => Normal(m.Value)).OfType<string>()];

    /// <summary>A number, or a code with one in it (RR1): what a claim may not get wrong.</summary>
    public static bool IsNumber(string term) => term.Any(char.IsDigit);

    public static bool WritesDigitOne(string text) => Word().Matches(text).Any(m => m.ValueSpan is "1");

    /// <summary>True when the text denies something. "Not only" and "no later than" and their kind deny nothing.</summary>
    public static bool Denies(string text) => Denial().IsMatch(text);

    private static string? Normal(string word)
    {
        word = word.ToLowerInvariant();
        if (char.IsDigit(word[0]))
            return Number(word);
        if (NumberWords.TryGetValue(word, out var digits))
            return digits;
        if (word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal))
            word = word[..^2];
        return word.Length < 2 || Empty.Contains(word) ? null : Stem(word);
    }

    /// <summary>1,500.00 and 1500 are the same; a unit that is written on ("150m") is left out.</summary>
    private static string Number(string word)
    {
        var digits = new string([.. word.TakeWhile(c => char.IsDigit(c) || c is '.' or ',' or ':')]).TrimEnd('.', ',', ':');
        digits = Thousands().Replace(digits, "");
        return digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
    }

    private static string Stem(string word)
    {
        foreach (var ending in Endings)
        {
            if (word.Length - ending.Length >= 3 && word.EndsWith(ending, StringComparison.Ordinal)
                && !(ending == "s" && word.EndsWith("ss", StringComparison.Ordinal)))
                return word[..^ending.Length];
        }
        return word;
    }

    [GeneratedRegex(@"\p{Nd}[\p{Nd}.,:]*\p{L}*|[\p{L}\p{M}][\p{L}\p{M}\p{Nd}'’]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@",(?=\d{3}(\D|$))", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(
        @"\b(not(?! only)|never|none|cannot|neither|nor|without|nicht(?! nur)|keine?[rnms]?|nie|ne\s+\w+\s+pas|no(?! (later|more|less|fewer|earlier|longer|sooner)\b))\b|n['’]t\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Denial();
}
