using System.Text;

namespace Cairn.Knowledge;

/// <summary>An analysed question: its distinct terms in order of appearance, each with the word as typed and how often it stands there.</summary>
public sealed class LexicalQuery
{
    /// <summary>Of a longer text the first so many distinct terms are searched for.</summary>
    public const int MaxTerms = 64;

    private LexicalQuery(IReadOnlyList<LexicalTerm> terms) => Terms = terms;

    public IReadOnlyList<LexicalTerm> Terms { get; }

    public static LexicalQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<LexicalTerm>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var analyzed in Analyzer.Analyze(text))
        {
            if (places.TryGetValue(analyzed.Term, out var place))
            {
                terms[place] = terms[place] with { Repeats = terms[place].Repeats + 1 };
            }
            else if (terms.Count < MaxTerms)
            {
                places.Add(analyzed.Term, terms.Count);
                terms.Add(new LexicalTerm(text[analyzed.Start..analyzed.End], analyzed.Term, 1, Encoding.UTF8.GetBytes(analyzed.Term)));
            }
        }
        return new LexicalQuery(terms);
    }
}
