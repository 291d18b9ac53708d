using System.Text;

namespace Cairn.Learning;

/// <summary>
/// WordPiece (Wu et al., 2016; as BERT uses it): of each word the longest beginning that is in the vocabulary, then of the rest, whose
/// pieces carry
/// <see cref="Continuation"/>. A word that does not come out whole is the unknown token.
/// </summary>
internal sealed class WordPieceModel : SubwordModel
{
    // What Hugging Face's decoder takes the space away from (its option "cleanup").
    private static readonly string[] NoSpaceBefore = [".", "?", "!", ",", "n't", "'m", "'s", "'ve", "'re"];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> begins;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> continues;
    private readonly int unknown;
    private readonly int longest;

    internal WordPieceModel(IReadOnlyDictionary<string, int> vocabulary, string unknownToken, string continuation)
    {
        (UnknownToken, Continuation, unknown) = (unknownToken, continuation, vocabulary[unknownToken]);
        var inner = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, id) in vocabulary)
        {
            if (token.StartsWith(continuation, StringComparison.Ordinal))
                inner[token[continuation.Length..]] = id;
        }
        begins = new Dictionary<string, int>(vocabulary, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        continues = inner.GetAlternateLookup<ReadOnlySpan<char>>();
        longest = vocabulary.Keys.Max(t => t.Length);
    }

    internal string UnknownToken { get; }

    internal string Continuation { get; }

    /// <summary>A word of more characters is unknown.</summary>
    internal int MostCharacters { get; init; } = 100;

    /// <summary>Null: the text stays as it is.</summary>
    internal BertNormaliser? Normaliser { get; init; }

    /// <summary>No space before a sign that ends a clause, when text is made of tokens.</summary>
    internal bool CleansUp { get; init; } = true;

    internal override string Normalise(string text) => Normaliser?.Normalise(text) ?? text;

    internal override byte[] Bytes(string token) => Encoding.UTF8.GetBytes(Continues(token) ? token[Continuation.Length..] : token);

    internal override bool SpaceBefore(string token)
        => !Continues(token) && !(CleansUp && Array.Exists(NoSpaceBefore, s => token.StartsWith(s, StringComparison.Ordinal)));

    internal override void AddTokens(string text, List<int> ids)
    {
        foreach (var word in BertWords.Split(text))
            AddWord(text.AsSpan(word), ids);
    }

    protected override int[] Tokens(ReadOnlySpan<char> word)
    {
        if (Characters(word) > MostCharacters)
            return [unknown];
        var ids = new List<int>();
        for (var start = 0; start < word.Length;)
        {
            var lookup = start == 0 ? begins : continues;
            var (length, id) = (Math.Min(longest, word.Length - start), -1);
            while (length > 0 && !lookup.TryGetValue(word.Slice(start, length), out id))
                length--;
            if (length == 0)
                return [unknown];
            ids.Add(id);
            start += length;
        }
        return [.. ids];
    }

    private bool Continues(string token) => token.StartsWith(Continuation, StringComparison.Ordinal);

    private static int Characters(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes())
            count++;
        return count;
    }
}
