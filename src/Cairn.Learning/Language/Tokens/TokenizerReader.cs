using System.Text.Json;

namespace Cairn.Learning;

/// <summary>
/// Reads Hugging Face's <c>tokenizer.json</c>: the model (<see cref="BytePairReader"/>, <see cref="WordPieceReader"/>) and around it added
/// tokens and
/// post-processors (TemplateProcessing, RobertaProcessing, BertProcessing, ByteLevel). Anything else is named and refused: reading it
/// wrongly would count wrongly.
/// </summary>
internal static class TokenizerReader
{
    // Vocabularies end well below; a number beyond would only make a huge table.
    private const int MaxTokens = 4_000_000;

    internal static TokenizerDefinition Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using var document = JsonDocument.Parse(stream);
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The tokenizer file is not JSON: {error.Message}", error);
        }
        catch (Exception error)
            when (error is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The tokenizer file lacks a field or has one of another kind: {error.Message}", error);
        }
    }

    private static TokenizerDefinition Read(JsonElement root)
    {
        var model = root.GetProperty("model");
        // The first GPT-2 files name no type.
        var kind = model.TryGetProperty("type", out var type) ? type.GetString() : "BPE";
        if (Flag(model, "byte_fallback"))
            throw new InvalidDataException("The tokenizer's model falls back to bytes (SentencePiece), which is not supported.");
        var vocabulary = kind is "BPE" or "WordPiece" ? Vocabulary(model.GetProperty("vocab"))
            : throw new InvalidDataException($"The tokenizer's model is {kind}; only BPE over bytes and WordPiece are supported.");
        var added = Added(root);
        var (prefix, suffix) = Part(root, "post_processor") is { } post ? Frame(post, vocabulary, added) : ([], []);
        return new TokenizerDefinition
        {
            Vocabulary = vocabulary,
            Model = kind == "BPE" ? BytePairReader.Read(root, model, vocabulary) : WordPieceReader.Read(root, model, vocabulary),
            Added = added,
            Prefix = prefix,
            Suffix = suffix,
            Padding = Padding(root, vocabulary, added),
        };
    }

    private static int Padding(JsonElement root, Dictionary<string, int> vocabulary, List<AddedToken> added)
        => Part(root, "padding") is { } padding ? Id(padding.GetProperty("pad_id"), "of the padding")
            : added.Find(t => t.Text is "[PAD]" or "<pad>")?.Id ?? vocabulary.GetValueOrDefault("[PAD]");

    private static Dictionary<string, int> Vocabulary(JsonElement vocab)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in vocab.EnumerateObject())
            vocabulary[token.Name] = Id(token.Value, token.Name);
        return vocabulary;
    }

    private static int Id(JsonElement value, string token)
        => value.TryGetInt32(out var id) && id is >= 0 and < MaxTokens ? id
            : throw new InvalidDataException($"The token '{token}' has the number {value}.");

    private static List<AddedToken> Added(JsonElement root)
    {
        var tokens = new List<AddedToken>();
        if (!root.TryGetProperty("added_tokens", out var added))
            return tokens;
        foreach (var token in added.EnumerateArray())
        {
            var text = token.GetProperty("content").GetString()!;
            if (text.Length == 0 || tokens.Exists(t => t.Text == text))
                throw new InvalidDataException($"The added token '{text}' is empty or there twice.");
            if (Flag(token, "single_word"))
                throw new InvalidDataException($"The added token '{text}' counts only as a single word, which is not supported.");
            tokens.Add(new AddedToken(Id(token.GetProperty("id"), text), text, Flag(token, "special"), Flag(token, "lstrip"),
                Flag(token, "rstrip"), Flag(token, "normalized")));
        }
        if (tokens.DistinctBy(t => t.Id).Count() != tokens.Count)
            throw new InvalidDataException("Two added tokens have the same number.");
        return tokens;
    }

    private static (int[] Prefix, int[] Suffix) Frame(JsonElement post, Dictionary<string, int> vocabulary, List<AddedToken> added)
    {
        switch (Kind(post))
        {
            case "ByteLevel":
                return ([], []);
            case "RobertaProcessing" or "BertProcessing":
                return ([post.GetProperty("cls")[1].GetInt32()], [post.GetProperty("sep")[1].GetInt32()]);
            case "Sequence":
                var frames = post.GetProperty("processors").EnumerateArray().Select(p => Frame(p, vocabulary, added)).ToList();
                return ([.. frames.SelectMany(f => f.Prefix)], [.. frames.SelectMany(f => f.Suffix)]);
            case "TemplateProcessing":
                var (before, after, passed) = (new List<int>(), new List<int>(), false);
                foreach (var part in post.GetProperty("single").EnumerateArray())
                {
                    if (part.TryGetProperty("Sequence", out _))
                    {
                        passed = true;
                        continue;
                    }
                    var name = part.GetProperty("SpecialToken").GetProperty("id").GetString()!;
                    foreach (var id in post.GetProperty("special_tokens").GetProperty(name).GetProperty("ids").EnumerateArray())
                        (passed ? after : before).Add(Id(id, name));
                }
                return ([.. before], [.. after]);
            default:
                throw new InvalidDataException($"The tokenizer's post-processor {Kind(post)} is not supported.");
        }
    }

    /// <summary>Null where it is not there or null.</summary>
    internal static JsonElement? Part(JsonElement element, string name)
        => element.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part : null;

    internal static string Kind(JsonElement element) => element.GetProperty("type").GetString() ?? "";

    internal static bool Flag(JsonElement element, string name, bool absent = false)
        => Part(element, name)?.GetBoolean() ?? absent;
}
