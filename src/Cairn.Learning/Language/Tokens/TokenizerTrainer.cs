using System.Text;

namespace Cairn.Learning;

/// <summary>
/// Learns byte-level byte-pair encoding from texts: the most frequent pair of neighbouring symbols becomes a symbol, again and again. Of
/// equally frequent pairs the one with the smaller numbers is taken, so the result depends on the texts alone.
/// </summary>
public static class TokenizerTrainer
{
    /// <summary>Trains until the vocabulary is full or no pair occurs twice.</summary>
    /// <param name="vocabularySize">All tokens together: the special ones, the 256 bytes, and what is learned.</param>
    /// <param name="special">Special tokens; they get the first numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary does not even hold the bytes and the special tokens.</exception>
    public static Tokenizer Train(IEnumerable<string> texts, int vocabularySize, IReadOnlyList<string>? special = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        special ??= [];
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, special.Count + 256);
        var added = special.Select((text, id) => new AddedToken(id, text)).ToList();
        var splitter = new WordSplitter(WordSplitter.Gpt2);
        // The order of GPT-2's vocabulary: by the characters that the bytes are written as.
        var alphabet = Enumerable.Range(0, 256).Select(b => ByteAlphabet.Character((byte)b)).Order().ToArray();
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in added)
            vocabulary[token.Text] = token.Id;
        foreach (var character in alphabet)
            vocabulary[character.ToString()] = vocabulary.Count;
        var names = vocabulary.ToDictionary(t => t.Value, t => t.Key);
        var pairs = new PairCounts(Words(texts, splitter, new AddedTokens(added), vocabulary, cancellation));
        var merges = new List<(int Left, int Right, int Merged)>();
        while (vocabulary.Count < vocabularySize && pairs.MostFrequent() is { } pair)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = names[pair.Left] + names[pair.Right];
            if (!vocabulary.TryGetValue(name, out var merged))
            {
                merged = vocabulary.Count;
                vocabulary[name] = merged;
                names[merged] = name;
            }
            pairs.Merge(pair.Left, pair.Right, merged);
            merges.Add((pair.Left, pair.Right, merged));
        }
        return new Tokenizer(new TokenizerDefinition
        {
            Vocabulary = vocabulary,
            Model = new BytePairModel(vocabulary, new PairMerges(merges), splitter),
            Added = added,
        });
    }

    private static List<(int[] Symbols, long Count)> Words(
        IEnumerable<string> texts, WordSplitter splitter, AddedTokens added, Dictionary<string, int> vocabulary,
            CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            added.Split(
                text,
                (start, length) =>
                {
                    var part = text.Substring(start, length);
                    foreach (var place in splitter.Split(part))
                    {
                        var word = part[place];
                        counts[word] = counts.GetValueOrDefault(word) + 1;
                    }
                },
                _ => { });
        }
        return [.. counts.Select(w =>
            (Encoding.UTF8.GetBytes(w.Key).Select(b => vocabulary[ByteAlphabet.Character(b).ToString()]).ToArray(), w.Value))];
    }
}
