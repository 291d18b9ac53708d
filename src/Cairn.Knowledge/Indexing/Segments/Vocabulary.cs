using System.Text;

namespace Cairn.Knowledge;

/// <summary>Numbers the terms of a segment under construction. Each distinct word is stemmed once.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byWord;
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly List<byte[]> _bytes = [];

    public Vocabulary() => _byWord = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _bytes.Count;

    public byte[] this[int term] => _bytes[term];

    /// <summary>The number of the term of the word that was just read.</summary>
    public int Number(scoped in Tokenizer tokenizer)
    {
        if (_byWord.TryGetValue(tokenizer.Word, out var number))
            return number;
        var word = tokenizer.Word.ToString();
        var term = Analyzer.TermOf(tokenizer);
        if (!_terms.TryGetValue(term, out number))
        {
            number = _bytes.Count;
            _terms.Add(term, number);
            _bytes.Add(Encoding.UTF8.GetBytes(term));
        }
        _words.Add(word, number);
        return number;
    }
}
