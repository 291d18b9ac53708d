using System.Collections.Immutable;
using System.Numerics;

namespace Cairn.Knowledge;

/// <summary>
/// A question as the ranker sees it: its content terms with weights, the pairs of terms that stand together, what kind of answer it wants.
/// Sets of terms are bit masks over <see cref="Terms"/>.
/// </summary>
internal sealed class Question
{
    /// <summary>As many as a mask has bits.</summary>
    public const int MaxTerms = 64;

    // The shortest common beginning that makes two words one: "regulat-ion" and "regulat-ory", "hafen" and "hafengebühr".
    private const int NearPrefix = 5;

    private const double SameBeginning = 0.5;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Place, double Likeness)> _related = new(StringComparer.Ordinal);

    private Question(string text, Retrieval retrieval)
    {
        Text = text;
        Type = AnswerTypes.Of(text);
        var analyzed = Analyzer.Analyze(text);
        Words = [.. analyzed.Select(t => t.Term)];
        OpensByAsking = analyzed.Count > 0 && FunctionWords.Asks(Word(text, analyzed[0]));
        var content = analyzed.Where((t, i) => !FunctionWords.Contains(Word(text, t))
            && !(i > 0 && FunctionWords.Measures(Word(text, analyzed[i - 1]), Word(text, t)))).ToList();
        if (content.Count == 0)
            content = [.. analyzed];
        var focus = AnswerTypes.FocusOf(text);
        var first = analyzed.Count > 0 ? analyzed[0].Start : 0;
        var terms = ImmutableArray.CreateBuilder<QuestionTerm>();
        foreach (var term in content)
        {
            if (terms.Count == MaxTerms || _places.ContainsKey(term.Term))
                continue;
            var found = Found(retrieval, term.Term);
            var isName = char.IsDigit(text[term.Start]) || (char.IsUpper(text[term.Start]) && term.Start > first);
            if (term.Start <= focus && focus < term.End)
                Focus = terms.Count;
            _places.Add(term.Term, terms.Count);
            terms.Add(new QuestionTerm(text[term.Start..term.End], term.Term, InverseFrequency(retrieval, found), found, isName));
        }
        Terms = terms.ToImmutable();
        var query = LexicalQuery.Parse(text);
        foreach (var related in query.Searched.Skip(query.Terms.Count))
        {
            if (_places.TryGetValue(query.Terms[related.Of].Indexed, out var place))
                _related.Add(related.Term, (place, related.Likeness));
        }
        Total = Math.Max(Terms.Sum(t => t.Weight), 1e-9);
        Rarest = Terms.IsEmpty ? 1e-9 : Terms.Max(t => t.Weight);
        for (var i = 0; i < Terms.Length; i++)
        {
            Names |= Terms[i].IsName ? 1UL << i : 0;
            Absent |= Terms[i].Passages == 0 ? 1UL << i : 0;
            Matter |= Terms[i].IsName ? 0 : 1UL << i;
        }
    }

    public string Text { get; }

    public AnswerType Type { get; }

    /// <summary>The index terms of all its words, in their order.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>The first word is a question word: a statement seldom runs the same.</summary>
    public bool OpensByAsking { get; }

    public ImmutableArray<QuestionTerm> Terms { get; }

    /// <summary>The term that is asked about ("how many <b>points</b>"), or -1.</summary>
    public int Focus { get; } = -1;

    /// <summary>Sum of the terms' weights.</summary>
    public double Total { get; }

    /// <summary>The weight of the rarest term.</summary>
    public double Rarest { get; }

    /// <summary>The terms that are names or numbers.</summary>
    public ulong Names { get; }

    /// <summary>The other terms.</summary>
    public ulong Matter { get; }

    public ulong All => Names | Matter;

    /// <summary>The terms that no passage holds that the caller sees.</summary>
    public ulong Absent { get; }

    public static Question Read(string text, Retrieval retrieval) => new(text, retrieval);

    /// <summary>The question's term that a word is, or -1.</summary>
    public int Place(string term) => _places.GetValueOrDefault(term, -1);

    /// <summary>
    /// The question's term that a word nearly is, by a related meaning (then how much alike it is) or a common beginning; place -1 when
    /// none.
    /// </summary>
    public (int Place, double Likeness) Related(string term)
    {
        if (char.IsDigit(term[0]))
            return (-1, 0);
        if (_related.TryGetValue(term, out var related))
            return related;
        for (var i = 0; i < Terms.Length; i++)
        {
            var asked = Terms[i].Term;
            var shared = Math.Clamp(Math.Max(asked.Length, term.Length), NearPrefix - 1, NearPrefix);
            if (asked.Length >= shared && term.Length >= shared && asked.AsSpan(0, shared).SequenceEqual(term.AsSpan(0, shared)))
                return (i, SameBeginning);
        }
        return (-1, 0);
    }

    /// <summary>Summed weight of the terms in a mask.</summary>
    public double Weight(ulong mask)
    {
        var sum = 0.0;
        for (; mask != 0; mask &= mask - 1)
            sum += Terms[BitOperations.TrailingZeroCount(mask)].Weight;
        return sum;
    }

    /// <summary>The share of the question's weight that a mask covers, 0 to 1.</summary>
    public double Coverage(ulong mask) => Weight(mask) / Total;

    /// <summary>The share of the question's weight that is held, each term to its degree.</summary>
    public double Coverage(ReadOnlySpan<double> held)
    {
        var sum = 0.0;
        for (var i = 0; i < held.Length; i++)
            sum += Terms[i].Weight * held[i];
        return sum / Total;
    }

    /// <summary>The share of the question's terms that a mask holds, 0 to 1.</summary>
    public double Share(ulong mask) => (double)BitOperations.PopCount(mask) / Math.Max(1, Terms.Length);

    /// <summary>The highest weight in a mask.</summary>
    public double RarestOf(ulong mask)
    {
        var rarest = 0.0;
        for (; mask != 0; mask &= mask - 1)
            rarest = Math.Max(rarest, Terms[BitOperations.TrailingZeroCount(mask)].Weight);
        return rarest;
    }

    private static ReadOnlySpan<char> Word(string text, AnalyzedTerm term) => text.AsSpan(term.Start, term.End - term.Start);

    /// <summary>
    /// Robertson and Spärck Jones' weight without relevance information, kept above 0, over the passages that the caller sees.
    /// </summary>
    private static double InverseFrequency(Retrieval retrieval, int found)
        => Math.Log(1 + ((Math.Max(retrieval.PassagesVisible, found) - found + 0.5) / (found + 0.5)));

    private static int Found(Retrieval retrieval, string term)
    {
        foreach (var searched in retrieval.Terms)
        {
            if (searched.Indexed == term)
                return searched.Passages;
        }
        return 0;
    }
}
