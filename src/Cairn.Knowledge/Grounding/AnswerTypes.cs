using System.Text.RegularExpressions;

namespace Cairn.Knowledge;

/// <summary>
/// Reads the <see cref="AnswerType"/> and the noun asked about from an English or German question, and says which words would fit it.
/// </summary>
internal static partial class AnswerTypes
{
    public static AnswerType Of(string question)
        => question switch
        {
            _ when Year().IsMatch(question) => AnswerType.Year,
            _ when Percent().IsMatch(question) => AnswerType.Percent,
            _ when Money().IsMatch(question) => AnswerType.Money,
            _ when Duration().IsMatch(question) => AnswerType.Duration,
            _ when Date().IsMatch(question) => AnswerType.Date,
            _ when Number().IsMatch(question) => AnswerType.Number,
            _ when Person().IsMatch(question) => AnswerType.Person,
            _ when Place().IsMatch(question) => AnswerType.Place,
            _ when Reason().IsMatch(question) => AnswerType.Reason,
            _ when Definition().IsMatch(question) => AnswerType.Definition,
            _ => AnswerType.Other,
        };

    /// <summary>The offset of the noun that "which", "what kind of", "how many" ask about; -1 when there is none.</summary>
    public static int FocusOf(string question)
    {
        var match = Focus().Match(question);
        return match.Success ? match.Groups[1].Index : -1;
    }

    /// <summary>
    /// How well a word of these kinds can be the thing asked for, 0 to 1: a bare number may be a date or a sum of money, or not.
    /// </summary>
    public static double Fit(AnswerType type, WordKinds kinds)
    {
        var fits = (kinds & Fitting(type)) != 0;
        var other = (kinds & (WordKinds.Money | WordKinds.Percent)) != 0;
        return type switch
        {
            AnswerType.Date => !fits || other ? 0 : (kinds & (WordKinds.Year | WordKinds.Month | WordKinds.Time)) != 0 ? 1 : 0.4,
            AnswerType.Duration => !fits || other ? 0 : (kinds & WordKinds.Time) != 0 ? 1 : 0.4,
            AnswerType.Money => fits ? 1 : (kinds & WordKinds.Number) != 0 && !other ? 0.4 : 0,
            AnswerType.Percent => fits ? 1 : (kinds & WordKinds.Number) != 0 && !other ? 0.2 : 0,
            AnswerType.Number => !fits ? 0 : other ? 0.6 : 1,
            _ => fits ? 1 : 0,
        };
    }

    /// <summary>The words that can be the thing asked for; none: every word can.</summary>
    public static WordKinds Fitting(AnswerType type) => type switch
    {
        AnswerType.Date => WordKinds.Year | WordKinds.Month | WordKinds.Number | WordKinds.Time,
        AnswerType.Year => WordKinds.Year,
        AnswerType.Number => WordKinds.Number | WordKinds.NumberWord,
        AnswerType.Money => WordKinds.Money,
        AnswerType.Percent => WordKinds.Percent,
        AnswerType.Duration => WordKinds.Number | WordKinds.NumberWord,
        AnswerType.Person or AnswerType.Place => WordKinds.Name,
        _ => WordKinds.None,
    };

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(what|which|in what|welche[mns]?|in welchem)\s+(calendar |financial )?(year|decade|jahr)\b|\bwhat year\b", Options)]
    private static partial Regex Year();

    [GeneratedRegex(@"\b(percent|percentage|per cent|prozent|prozentsatz|what share|what proportion)\b", Options)]
    private static partial Regex Percent();

    [GeneratedRegex(
        @"\bhow much\b.*\b(cost|pay|paid|money|worth|charge[ds]?|fee|price|earn|spent?|dollars?|euros?)\b|\bwhat\b.*\b(cost|pay|paid|worth|charge[ds]?|spend)\b|\b(what|which)\b.{0,20}\b(price|fee|cost|rent|surcharge|salary|deductible|sum)\b|\bwie viel\b.*\b(kostet|kosten|zahlen|euro)\b|\bwas kostet\b", Options)]
    private static partial Regex Money();

    [GeneratedRegex(
        @"\bhow long\b|\bhow (many|much) (days|weeks|months|years|hours|minutes|seconds|time)\b|\bwie lange?\b|\bwie viele? (tage|wochen|monate|jahre|stunden|minuten)\b", Options)]
    private static partial Regex Duration();

    [GeneratedRegex(
        @"\bwhen\b|\b(what|which)\s+(day|date|month|century|time)\b|\bwann\b|\b(an|in|zu) welche[mnr] (tag|datum|monat|jahrhundert|zeit)\b",
        Options)]
    private static partial Regex Date();

    [GeneratedRegex(
        @"\bhow (many|much|far|old|large|big|tall|often|fast|high|deep|wide|heavy|soon|late|early)\b|\b(what|which)\b.{0,16}\b(number|amount|limit|rate|distance|speed|temperature|population|size|weight|length|height|depth)\b|\bwie (viele?|weit|alt|gro(ß|ss)|hoch|tief|breit|schwer|oft|schnell)\b", Options)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\b(who|whom|whose|wer|wen|wem|wessen)\b|\b(what|which) (person|man|woman|king|queen|president|author|actor|scientist|company|organi[sz]ation|team|role|officer|manager)\b", Options)]
    private static partial Regex Person();

    [GeneratedRegex(
        @"\b(where|wo|wohin|woher)\b|\b(what|which|welche[rsmn]?) (city|country|place|location|state|river|region|area|town|street|building|stadt|land|ort|fluss)\b", Options)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(why|what caused|what causes|reason|warum|weshalb|wieso|grund)\b", Options)]
    private static partial Regex Reason();

    [GeneratedRegex(
        @"^\s*(what|who) (is|are|was|were) (an? |the )?[\p{L}\p{N}' -]{2,40}\??\s*$|\bwhat does .* (mean|stand for)\b|\bdefin(e|ition)\b|^\s*was (ist|sind|bedeutet)\b", Options)]
    private static partial Regex Definition();

    [GeneratedRegex(
        @"\b(?:what|which|how many|how much|whose|welche[rsmn]?|wie viele?)\s+(?:is|was|are|were|did|does|do|the|a|an|type|types|kind|kinds|sort|name|names|of|ist|sind|der|die|das|art|von|\s)*(\p{L}+)", Options)]
    private static partial Regex Focus();
}
