using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Cairn.Learning;

/// <summary>
/// Text to token numbers and back by byte-level byte-pair encoding (Sennrich et al., 2016; GPT-2's byte alphabet), as the
/// <c>tokenizer.json</c> of GPT-2,
/// RoBERTa, Llama 3, Qwen and many more describes it. Made by <see cref="Load"/> or by <see cref="TokenizerTrainer"/>. Safe for several
/// threads.
/// </summary>
public sealed class Tokenizer
{
    private const int CachedWords = 1 << 15;
    private const int CachedLength = 64;
    private readonly TokenizerDefinition definition;
    private readonly int[] byteIds = new int[256];
    private readonly byte[]?[] idBytes;
    private readonly AddedTokens added;
    private readonly AddedTokens ordinary;
    private readonly Dictionary<int, AddedToken> addedById;
    private readonly ConcurrentDictionary<string, int[]> cache = new(StringComparer.Ordinal);

    internal Tokenizer(TokenizerDefinition definition)
    {
        this.definition = definition;
        added = new AddedTokens(definition.Added);
        ordinary = new AddedTokens(definition.Added.Where(t => !t.Special));
        addedById = definition.Added.ToDictionary(t => t.Id);
        var highest = definition.Vocabulary.Values.Concat(addedById.Keys).DefaultIfEmpty(-1).Max();
        idBytes = new byte[highest + 1][];
        foreach (var (token, id) in definition.Vocabulary)
            idBytes[id] = ByteAlphabet.Read(token);
        foreach (var token in definition.Added)
            idBytes[token.Id] = Encoding.UTF8.GetBytes(token.Text);
        for (var b = 0; b < 256; b++)
            byteIds[b] = definition.Vocabulary.GetValueOrDefault(ByteAlphabet.Character((byte)b).ToString(), -1);
    }

    /// <summary>One more than the highest token number.</summary>
    public int VocabularySize => idBytes.Length;

    public IReadOnlyList<AddedToken> AddedTokens => added.All;

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or asks for a model or step that is not byte-level byte-pair encoding (which
    /// is named).</exception>
    public static Tokenizer Load(Stream tokenizerJson) => new(TokenizerReader.Read(tokenizerJson));

    /// <summary>Writes a <c>tokenizer.json</c> that <see cref="Load"/> and Hugging Face's tokenizers read.</summary>
    public void Save(Stream stream) => TokenizerWriter.Write(stream, definition);

    /// <summary>The tokens of a text.</summary>
    /// <param name="frame">Puts the tokens around the text that the file's template names (such as a beginning-of-text token).</param>
    /// <param name="parseSpecial">
    /// Whether special tokens written in the text count as themselves. False for text from outside: a user then cannot forge a control
    /// token.
    /// </param>
    public int[] Encode(string text, bool frame = true, bool parseSpecial = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 3) + 4);
        if (frame)
            ids.AddRange(definition.Prefix);
        (parseSpecial ? added : ordinary)
            .Split(text, (start, length) => AddText(text.Substring(start, length), ids), token => ids.Add(token.Id));
        if (frame)
            ids.AddRange(definition.Suffix);
        return [.. ids];
    }

    /// <summary>How many tokens <see cref="Encode"/> would give.</summary>
    public int Count(string text, bool frame = true, bool parseSpecial = true) => Encode(text, frame, parseSpecial).Length;

    /// <summary>The text of tokens; bytes that are no whole UTF-8 become U+FFFD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is not of the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> tokens, bool skipSpecial = true)
    {
        var bytes = new List<byte>(tokens.Length * 4);
        foreach (var token in tokens)
        {
            if (!skipSpecial || !(addedById.TryGetValue(token, out var special) && special.Special))
                bytes.AddRange(Bytes(token));
        }
        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    /// <summary>The bytes that one token stands for.</summary>
    public byte[] Bytes(int token) => (uint)token < (uint)idBytes.Length && idBytes[token] is { } bytes
        ? bytes
        : throw new ArgumentOutOfRangeException(nameof(token), token, $"The vocabulary of {idBytes.Length} has no such token.");

    /// <summary>The number of an added token or of a token in the file's own notation; null if there is none.</summary>
    public int? Id(string token)
    {
        var special = definition.Added.FirstOrDefault(t => t.Text == token);
        return special?.Id ?? (definition.Vocabulary.TryGetValue(token, out var id) ? id : null);
    }

    private void AddText(string text, List<int> ids)
    {
        if (definition.AddPrefixSpace && !char.IsWhiteSpace(text[0]))
            text = " " + text;
        foreach (var word in definition.Splitter.Split(text))
            AddWord(text.AsSpan(word), ids);
    }

    private void AddWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.Length > CachedLength)
        {
            ids.AddRange(Merge(word));
            return;
        }
        var lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(word, out var known))
        {
            known = Merge(word);
            if (cache.Count < CachedWords)
                cache.TryAdd(word.ToString(), known);
        }
        ids.AddRange(known);
    }

    private int[] Merge(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(word.Length)];
        var count = Encoding.UTF8.GetBytes(word, bytes);
        if (definition.WholeWordsFirst && definition.Vocabulary.TryGetValue(ByteAlphabet.Write(bytes.AsSpan(0, count)), out var whole))
            return [whole];
        var symbols = new int[count];
        for (var i = 0; i < count; i++)
        {
            symbols[i] = byteIds[bytes[i]] >= 0
                ? byteIds[bytes[i]]
                : throw new InvalidDataException($"The vocabulary has no token for the byte 0x{bytes[i]:X2}.");
        }
        return symbols[..definition.Merges.Merge(symbols)];
    }
}
