using System.Text;

namespace Cairn.Learning;

/// <summary>
/// Byte-level byte-pair encoding (Sennrich et al., 2016): a word's bytes are merged pair by pair, in the order in which pairs were learned.
/// </summary>
internal sealed class BytePairModel : SubwordModel
{
    private readonly IReadOnlyDictionary<string, int> vocabulary;
    private readonly int[] byteIds = new int[256];

    internal BytePairModel(IReadOnlyDictionary<string, int> vocabulary, PairMerges merges, WordSplitter splitter)
    {
        (this.vocabulary, Merges, Splitter) = (vocabulary, merges, splitter);
        for (var b = 0; b < 256; b++)
            byteIds[b] = vocabulary.GetValueOrDefault(ByteAlphabet.Character((byte)b).ToString(), -1);
    }

    internal PairMerges Merges { get; }

    internal WordSplitter Splitter { get; }

    /// <summary>A text that does not begin with white space is read as if a space were before it.</summary>
    internal bool AddPrefixSpace { get; init; }

    /// <summary>A word that is in the vocabulary is that token, whatever its pairs (the file's <c>ignore_merges</c>).</summary>
    internal bool WholeWordsFirst { get; init; }

    internal override byte[] Bytes(string token) => ByteAlphabet.Read(token);

    internal override bool SpaceBefore(string token) => false;

    internal override void AddTokens(string text, List<int> ids)
    {
        if (AddPrefixSpace && !char.IsWhiteSpace(text[0]))
            text = " " + text;
        foreach (var word in Splitter.Split(text))
            AddWord(text.AsSpan(word), ids);
    }

    protected override int[] Tokens(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(word.Length)];
        var count = Encoding.UTF8.GetBytes(word, bytes);
        if (WholeWordsFirst && vocabulary.TryGetValue(ByteAlphabet.Write(bytes.AsSpan(0, count)), out var whole))
            return [whole];
        var symbols = new int[count];
        for (var i = 0; i < count; i++)
        {
            symbols[i] = byteIds[bytes[i]] >= 0
                ? byteIds[bytes[i]]
                : throw new InvalidDataException($"The vocabulary has no token for the byte 0x{bytes[i]:X2}.");
        }
        return symbols[..Merges.Merge(symbols)];
    }
}
