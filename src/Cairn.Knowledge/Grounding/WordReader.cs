using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>Reads the words of a unit: index terms with what they could be an answer to.</summary>
internal static class WordReader
{
    private static readonly FrozenSet<string> NumberWords = Set(
        """
        one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty seventy eighty ninety dozen hundred thousand
        million billion half third quarter twice first second
        zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend million millionen milliarden halb hälfte drittel viertel
        """);

    private static readonly FrozenSet<string> Months = Set(
        """
        january february march april may june july august september october november december century centuries monday tuesday wednesday thursday friday saturday sunday
        januar februar märz mai juni juli oktober dezember jahrhundert montag dienstag mittwoch donnerstag freitag samstag sonntag
        """);

    private static readonly FrozenSet<string> Currencies = Set("eur euro euros usd dollar dollars gbp pound pounds cent cents chf franken");

    private static readonly FrozenSet<string> Times = Set(
        "day days week weeks month months year years hour hours minute minutes second seconds tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minuten");

    private static readonly FrozenSet<string> Percents = Set("percent percentage prozent per");

    public static ImmutableArray<EvidenceWord> Read(Question question, string text)
    {
        var analyzed = Analyzer.Analyze(text);
        var words = ImmutableArray.CreateBuilder<EvidenceWord>(analyzed.Count);
        for (var i = 0; i < analyzed.Count; i++)
        {
            var term = analyzed[i];
            var place = question.Place(term.Term);
            var kinds = Kinds(text, analyzed, i);
            var (nearly, likeness) = place >= 0 ? (place, 1) : (kinds & WordKinds.Function) != 0 ? (-1, 0) : question.Related(term.Term);
            words.Add(new EvidenceWord(term.Term, kinds, place, nearly, likeness, term.End));
        }
        return words.ToImmutable();
    }

    private static WordKinds Kinds(string text, IReadOnlyList<AnalyzedTerm> analyzed, int at)
    {
        var (start, end) = (analyzed[at].Start, analyzed[at].End);
        var word = text.AsSpan(start, end - start);
        var kinds = WordKinds.None;
        if (char.IsDigit(word[0]))
        {
            kinds |= WordKinds.Number;
            if (word.Length == 4 && word[0] is '1' or '2' && !word.ContainsAnyExceptInRange('0', '9') || word.Length == 5 && word[4] == 's')
                kinds |= WordKinds.Year;
            var next = at + 1 < analyzed.Count ? text.AsSpan(analyzed[at + 1].Start, analyzed[at + 1].End - analyzed[at + 1].Start) : [];
            var unit = next.Length > 0 && Has(NumberWords, next) && at + 2 < analyzed.Count
                ? text.AsSpan(analyzed[at + 2].Start, analyzed[at + 2].End - analyzed[at + 2].Start)
                : next;
            if ((start > 0 && text[start - 1] is '€' or '$' or '£' or '¥')
                || (start > 1 && text[start - 1] == ' ' && text[start - 2] is '€' or '$' or '£') || Has(Currencies, unit)
                || Sign(text, end) is '€' or '$' or '£')
                kinds |= WordKinds.Money;
            if (Sign(text, end) == '%' || Has(Percents, next))
                kinds |= WordKinds.Percent;
            if (Has(Times, unit) || (end < text.Length && text[end] == ':'))
                kinds |= WordKinds.Time;
        }
        else if (Has(NumberWords, word))
        {
            kinds |= WordKinds.NumberWord;
        }
        if (Has(Months, word))
            kinds |= WordKinds.Month;
        if (Has(Times, word))
            kinds |= WordKinds.Time;
        if (FunctionWords.Contains(word))
            kinds |= WordKinds.Function;
        if (at > 0 && char.IsUpper(word[0]))
            kinds |= WordKinds.Name;
        return kinds;
    }

    private static char Sign(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\u00A0')
            at++;
        return at < text.Length ? text[at] : ' ';
    }

    private static bool Has(FrozenSet<string> words, ReadOnlySpan<char> word)
        => word.Length > 0 && words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static FrozenSet<string> Set(string list)
        => list.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
