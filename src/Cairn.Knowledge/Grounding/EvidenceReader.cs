using System.Buffers;
using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>Cuts a retrieved passage into units and finds the question's terms in them.</summary>
internal static class EvidenceReader
{
    private static readonly SearchValues<char> Prose = SearchValues.Create(" .,;:'\"()-–—%$€£§/?!’“”„|°•·\n");

    public static EvidencePassage Read(Question question, Passage passage, int rank)
    {
        var headings = passage.HeadingPath.Split(" › ", StringSplitOptions.RemoveEmptyEntries);
        var spans = Sentences.Split(passage.Text);
        var units = ImmutableArray.CreateBuilder<EvidenceUnit>(spans.Count);
        for (var i = 0; i < spans.Count; i++)
        {
            var following = i + 1 < spans.Count ? passage.Text.AsSpan(spans[i + 1].Start, spans[i + 1].End - spans[i + 1].Start) : [];
            units.Add(Unit(question, passage, spans[i], headings, following));
        }
        return Passage(question, passage, rank, units.MoveToImmutable());
    }

    private static EvidencePassage Passage(Question question, Passage passage, int rank, ImmutableArray<EvidenceUnit> units)
    {
        var contextHeld = new double[question.Terms.Length];
        var context = AskedIn(question, passage.Title, contextHeld) | AskedIn(question, passage.HeadingPath, contextHeld);
        var (held, unitsHeld) = (contextHeld.ToArray(), new double[question.Terms.Length]);
        foreach (var unit in units)
        {
            for (var i = 0; i < held.Length; i++)
            {
                held[i] = Math.Max(held[i], unit.Held[i]);
                unitsHeld[i] += unit.Held[i];
            }
        }
        var (frequencies, with, nearly) = (new int[question.Terms.Length], new int[question.Terms.Length], new int[question.Terms.Length]);
        foreach (var word in units.SelectMany(u => u.Words).Where(w => w.Asked >= 0))
            frequencies[word.Asked]++;
        foreach (var unit in units)
        {
            for (var i = 0; i < with.Length; i++)
            {
                with[i] += (int)(unit.Asked >> i & 1);
                nearly[i] += (int)(unit.NearlyAsked >> i & 1);
            }
        }
        var words = units.Sum(u => u.Words.Length);
        var score = 0.0;
        for (var i = 0; i < frequencies.Length; i++)
            score += frequencies[i] == 0 ? 0 : question.Terms[i].Weight * EvidencePassage.Saturate(frequencies[i], words);
        return new EvidencePassage
        {
            Passage = passage,
            Rank = rank,
            Units = units,
            Context = context,
            Asked = units.Aggregate(context, (mask, unit) => mask | unit.Asked),
            NearlyAsked = units.Aggregate(context, (mask, unit) => mask | unit.NearlyAsked),
            UnitsWith = [.. with],
            UnitsNearly = [.. nearly],
            BestCoverage = units.IsEmpty ? 0 : units.Max(u => question.Coverage(u.Asked)),
            Score = score / question.Total,
            Held = held,
            ContextHeld = contextHeld,
            UnitsHeld = unitsHeld,
            DocumentHeld = held,
            BestHeld = units.IsEmpty ? 0 : units.Max(u => question.Coverage(u.Held)),
            Coverage = question.Coverage(held),
        };
    }

    private static EvidenceUnit Unit(
        Question question, Passage passage, (int Start, int End) span, string[] headings, ReadOnlySpan<char> following)
    {
        var text = passage.Text[span.Start..span.End];
        var words = WordReader.Read(question, text);
        var (asked, nearly, fresh, names, pronoun) = (0UL, 0UL, 0, 0, false);
        var held = new double[question.Terms.Length];
        foreach (var word in words)
        {
            asked |= word.Asked >= 0 ? 1UL << word.Asked : 0;
            nearly |= word.NearlyAsked >= 0 ? 1UL << word.NearlyAsked : 0;
            if (word.NearlyAsked >= 0)
                held[word.NearlyAsked] = Math.Max(held[word.NearlyAsked], word.Likeness);
            fresh += word.IsContent && word.Asked < 0 ? 1 : 0;
            names += (word.Kinds & WordKinds.Name) != 0 && word.Asked < 0 ? 1 : 0;
            pronoun |= !word.IsContent && FunctionWords.IsPronoun(word.Term);
        }
        return new EvidenceUnit
        {
            Start = span.Start,
            End = span.End,
            Words = words,
            Asked = asked,
            NearlyAsked = nearly | asked,
            Held = held,
            Refers = FunctionWords.Refers(text.AsSpan(0, EndOfWord(text))),
            HoldsPronoun = pronoun,
            NewWords = fresh,
            NewNames = names,
            Symbols = Symbols(text),
            IsCandidate = words.Length > 0 && text[^1] != '?' && !IsHeading(text, headings, passage.Title) && !IsTableHead(text, following)
                && !RepeatedQuestion.IsIn(question, asked, text, words),
        };
    }

    private static ulong AskedIn(Question question, string text, double[] held)
    {
        var mask = 0UL;
        foreach (var term in Analyzer.Analyze(text))
        {
            var place = question.Place(term.Term);
            mask |= place >= 0 ? 1UL << place : 0;
            var (near, likeness) = place >= 0 ? (place, 1) : question.Related(term.Term);
            if (near >= 0)
                held[near] = Math.Max(held[near], likeness);
        }
        return mask;
    }

    private static int EndOfWord(string text)
    {
        var end = 0;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return end;
    }

    private static double Symbols(string text)
    {
        var symbols = 0;
        foreach (var c in text)
            symbols += char.IsLetterOrDigit(c) || Prose.Contains(c) ? 0 : 1;
        return (double)symbols / text.Length;
    }

    private static bool IsHeading(string text, string[] headings, string title)
        => text == title || headings.Any(h => h == text || (h.EndsWith('…') && text.StartsWith(h[..^1], StringComparison.Ordinal)));

    /// <summary>The row that names the columns: the rows below repeat its first cell before a colon.</summary>
    private static bool IsTableHead(string text, ReadOnlySpan<char> following)
    {
        var bar = text.IndexOf(" | ", StringComparison.Ordinal);
        return bar > 0 && following.Length > bar && following.StartsWith(text.AsSpan(0, bar)) && following[bar] == ':';
    }
}
