using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// An analysed question: its distinct terms in order of appearance, each with the word as typed and how often it stands there, and the
/// terms related to them.
/// </summary>
public sealed class LexicalQuery
{
    /// <summary>Of a longer text the first so many distinct terms are searched for.</summary>
    public const int MaxTerms = 64;

    internal const int MaxSearched = 256;

    private LexicalQuery(IReadOnlyList<LexicalTerm> terms, IReadOnlyList<SearchedTerm> searched)
    {
        (Terms, Searched) = (terms, searched);
        HasContent = terms.Any(t => !t.IsFunctionWord);
    }

    public IReadOnlyList<LexicalTerm> Terms { get; }

    /// <summary><see cref="Terms"/> in their order, then the related ones.</summary>
    internal IReadOnlyList<SearchedTerm> Searched { get; }

    /// <summary>False when every term is a function word ("who is it"): then these have to do.</summary>
    internal bool HasContent { get; }

    public static LexicalQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<LexicalTerm>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var analyzed = Analyzer.Analyze(text);
        foreach (var term in analyzed)
        {
            if (places.TryGetValue(term.Term, out var place))
            {
                terms[place] = terms[place] with { Repeats = terms[place].Repeats + 1 };
            }
            else if (terms.Count < MaxTerms)
            {
                places.Add(term.Term, terms.Count);
                terms.Add(new LexicalTerm(text[term.Start..term.End], term.Term, 1, Encoding.UTF8.GetBytes(term.Term)));
            }
        }
        return new LexicalQuery(terms, QueryExpansion.Of(terms, analyzed, places));
    }
}
