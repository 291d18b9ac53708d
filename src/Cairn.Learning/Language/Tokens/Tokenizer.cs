using System.Runtime.InteropServices;
using System.Text;

namespace Cairn.Learning;

/// <summary>
/// Text to token numbers and back, as a <c>tokenizer.json</c> describes it: byte-level byte-pair encoding (GPT-2, RoBERTa, Llama 3, Qwen
/// and many
/// more) or WordPiece (BERT, MiniLM). Made by <see cref="Load"/> or by <see cref="TokenizerTrainer"/>. Safe for several threads.
/// </summary>
public sealed class Tokenizer
{
    private readonly TokenizerDefinition definition;
    private readonly byte[]?[] idBytes;
    private readonly bool[] spaceBefore;
    private readonly AddedTokens all;
    private readonly (AddedTokens Raw, AddedTokens Normalised) added;
    private readonly (AddedTokens Raw, AddedTokens Normalised) ordinary;
    private readonly Dictionary<int, AddedToken> addedById;

    internal Tokenizer(TokenizerDefinition definition)
    {
        this.definition = definition;
        all = new AddedTokens(definition.Added);
        added = Both(definition.Added);
        ordinary = Both(definition.Added.Where(t => !t.Special));
        addedById = definition.Added.ToDictionary(t => t.Id);
        var highest = definition.Vocabulary.Values.Concat(addedById.Keys).DefaultIfEmpty(-1).Max();
        (idBytes, spaceBefore) = (new byte[highest + 1][], new bool[highest + 1]);
        foreach (var (token, id) in definition.Vocabulary)
            (idBytes[id], spaceBefore[id]) = (definition.Model.Bytes(token), definition.Model.SpaceBefore(token));
        foreach (var token in definition.Added)
            (idBytes[token.Id], spaceBefore[token.Id]) = (Encoding.UTF8.GetBytes(token.Text), definition.Model.SpaceBefore(token.Text));

        (AddedTokens, AddedTokens) Both(IEnumerable<AddedToken> tokens) => (
            new AddedTokens(tokens.Where(t => !t.Normalised)),
            new AddedTokens(tokens.Where(t => t.Normalised).Select(t => t with { Text = definition.Model.Normalise(t.Text) })
                .Where(t => t.Text.Length > 0)));
    }

    /// <summary>One more than the highest token number.</summary>
    public int VocabularySize => idBytes.Length;

    public IReadOnlyList<AddedToken> AddedTokens => all.All;

    /// <summary>Reads a <c>tokenizer.json</c>. What it says of padding and cutting is left to <see cref="EncodeBatch"/>'s caller.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or asks for a model or step that is not followed here (which is
    /// named).</exception>
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
        var tokens = parseSpecial ? added : ordinary;
        tokens.Raw.Split(
            text, (start, length) => AddText(text.Substring(start, length), tokens.Normalised, ids), token => ids.Add(token.Id));
        if (frame)
            ids.AddRange(definition.Suffix);
        return [.. ids];
    }

    /// <summary>
    /// The tokens of several texts side by side, framed: shorter ones are filled up, behind, to the longest. A text of more than
    /// <paramref name="longest"/> tokens loses its end, never its frame.
    /// </summary>
    /// <exception cref="ArgumentException">There is no text, or <paramref name="longest"/> holds no more than the frame.</exception>
    public TokenBatch EncodeBatch(IReadOnlyList<string> texts, int longest, bool parseSpecial = true)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var (prefix, suffix) = (definition.Prefix, definition.Suffix);
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, prefix.Count + suffix.Count);
        var rows = texts.Select(Row).ToList();
        // A text without tokens and frame is one place of filling.
        var width = Math.Max(1, rows.Max(r => r.Length));
        var (ids, mask) = (NdArray.Full(definition.Padding, rows.Count, width), NdArray.Full(false, rows.Count, width));
        for (var row = 0; row < rows.Count; row++)
        {
            rows[row].CopyTo(ids.Span[(row * width)..]);
            mask.Span.Slice(row * width, rows[row].Length).Fill(true);
        }
        return new TokenBatch(ids, mask);

        int[] Row(string text)
        {
            var tokens = Encode(text, frame: false, parseSpecial);
            return [.. prefix, .. tokens[..Math.Min(tokens.Length, longest - prefix.Count - suffix.Count)], .. suffix];
        }
    }

    /// <summary>How many tokens <see cref="Encode"/> would give.</summary>
    public int Count(string text, bool frame = true, bool parseSpecial = true) => Encode(text, frame, parseSpecial).Length;

    /// <summary>
    /// The text of tokens; bytes that are no whole UTF-8 become U+FFFD. WordPiece keeps neither white space nor, as a rule, case and
    /// accents: its
    /// words come back with a space between them.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is not of the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> tokens, bool skipSpecial = true)
    {
        var bytes = new List<byte>(tokens.Length * 4);
        foreach (var token in tokens)
        {
            if (skipSpecial && addedById.TryGetValue(token, out var special) && special.Special)
                continue;
            var piece = Bytes(token);
            if (bytes.Count > 0 && spaceBefore[token])
                bytes.Add((byte)' ');
            bytes.AddRange(piece);
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

    private void AddText(string raw, AddedTokens normalised, List<int> ids)
    {
        var text = definition.Model.Normalise(raw);
        normalised.Split(
            text, (start, length) => definition.Model.AddTokens(text.Substring(start, length), ids), token => ids.Add(token.Id));
    }
}
