using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// Turns text into index terms, the same way for passages and for questions: words of <see cref="Tokenizer"/>, English ones stemmed.
/// There is no stop list: frequent words cost little and sometimes matter ("The Who").
/// </summary>
public static class Analyzer
{
    /// <summary>The terms of a text in order, with their UTF-16 offsets in it.</summary>
    public static IReadOnlyList<AnalyzedTerm> Analyze(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<AnalyzedTerm>();
        var tokenizer = new Tokenizer(text, stackalloc char[Tokenizer.BufferLength]);
        while (tokenizer.Read())
            terms.Add(new AnalyzedTerm(TermOf(tokenizer), tokenizer.Start, tokenizer.End, tokenizer.IsJoined));
        return terms;
    }

    /// <summary>
    /// The term of the word that was just read, in the tokenizer's buffer, where it is stemmed: only valid until the next word, and asked
    /// for once.
    /// </summary>
    internal static ReadOnlySpan<char> SpanOf(scoped in Tokenizer tokenizer)
        => tokenizer.Buffer[..(tokenizer.IsAsciiWord ? EnglishStemmer.Stem(tokenizer.Buffer, tokenizer.Length) : tokenizer.Length)];

    /// <summary>The term of the word that was just read; stems it in its buffer.</summary>
    internal static string TermOf(scoped in Tokenizer tokenizer)
    {
        var term = new string(SpanOf(tokenizer));
        // Half a surrogate pair has no UTF-8, and terms that differ must differ in UTF-8.
        return term.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(term)) : term;
    }
}
