using System.Collections.Concurrent;

namespace Cairn.Learning;

/// <summary>
/// How a tokenizer turns a stretch of text into tokens: the text is brought into its form, cut into words, and each word into tokens.
/// </summary>
internal abstract class SubwordModel
{
    private const int CachedWords = 1 << 15;
    private const int CachedLength = 64;
    private readonly ConcurrentDictionary<string, int[]> cache = new(StringComparer.Ordinal);

    /// <summary>The text as words are looked for in it.</summary>
    internal virtual string Normalise(string text) => text;

    /// <summary>The bytes that a token of the vocabulary stands for.</summary>
    internal abstract byte[] Bytes(string token);

    /// <summary>Whether a space parts this token from the one before it when text is made of tokens.</summary>
    internal abstract bool SpaceBefore(string token);

    /// <summary>Appends the tokens of a text that has its form already.</summary>
    internal abstract void AddTokens(string text, List<int> ids);

    protected abstract int[] Tokens(ReadOnlySpan<char> word);

    protected void AddWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.Length > CachedLength)
        {
            ids.AddRange(Tokens(word));
            return;
        }
        var lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(word, out var known))
        {
            known = Tokens(word);
            if (cache.Count < CachedWords)
                cache.TryAdd(word.ToString(), known);
        }
        ids.AddRange(known);
    }
}
