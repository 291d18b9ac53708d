using System.Text.Json;

namespace Cairn.Learning;

/// <summary>
/// Reads Hugging Face's <c>tokenizer.json</c>: model BPE over bytes; pre-tokenizers ByteLevel, Split and Sequence of them; post-processors
/// TemplateProcessing, RobertaProcessing, BertProcessing, ByteLevel. Anything else is named and refused: reading it wrongly would count
/// wrongly.
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
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The tokenizer file lacks a field or has one of another kind: {error.Message}", error);
        }
    }

    private static TokenizerDefinition Read(JsonElement root)
    {
        var model = root.GetProperty("model");
        Require(model, "BPE", "model");
        if (Flag(model, "byte_fallback"))
            throw new InvalidDataException("The tokenizer's model falls back to bytes (SentencePiece); only byte-level pairs are supported.");
        if (root.TryGetProperty("normalizer", out var normalizer) && normalizer.ValueKind != JsonValueKind.Null)
            throw new InvalidDataException($"The tokenizer normalises text ({Kind(normalizer)}), which is not supported.");
        var vocabulary = Vocabulary(model.GetProperty("vocab"));
        var added = Added(root);
        var (splitter, prefixSpace) = Splitting(root);
        var (prefix, suffix) = root.TryGetProperty("post_processor", out var post) && post.ValueKind != JsonValueKind.Null
            ? Frame(post, vocabulary, added) : ([], []);
        return new TokenizerDefinition
        {
            Vocabulary = vocabulary,
            Merges = new PairMerges(Merges(model.GetProperty("merges"), vocabulary)),
            Splitter = splitter,
            Added = added,
            AddPrefixSpace = prefixSpace,
            WholeWordsFirst = Flag(model, "ignore_merges"),
            Prefix = prefix,
            Suffix = suffix,
        };
    }

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

    private static List<(int Left, int Right, int Merged)> Merges(JsonElement merges, Dictionary<string, int> vocabulary)
    {
        var list = new List<(int, int, int)>(merges.GetArrayLength());
        foreach (var merge in merges.EnumerateArray())
        {
            // Older files write "a b", newer ones ["a", "b"].
            var parts = merge.ValueKind == JsonValueKind.String ? merge.GetString()!.Split(' ')
                : [.. merge.EnumerateArray().Select(p => p.GetString()!)];
            if (parts.Length != 2
                || !vocabulary.TryGetValue(parts[0], out var left)
                || !vocabulary.TryGetValue(parts[1], out var right)
                || !vocabulary.TryGetValue(parts[0] + parts[1], out var merged))
            {
                throw new InvalidDataException($"Merge {list.Count} ({merge}) is not a pair of tokens whose join is a token.");
            }
            list.Add((left, right, merged));
        }
        return list;
    }

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
            tokens.Add(new AddedToken(Id(token.GetProperty("id"), text), text, Flag(token, "special"), Flag(token, "lstrip"),
                Flag(token, "rstrip")));
        }
        if (tokens.DistinctBy(t => t.Id).Count() != tokens.Count)
            throw new InvalidDataException("Two added tokens have the same number.");
        return tokens;
    }

    private static (WordSplitter Splitter, bool PrefixSpace) Splitting(JsonElement root)
    {
        string? pattern = null;
        var prefixSpace = false;
        var bytes = false;
        if (root.TryGetProperty("pre_tokenizer", out var first) && first.ValueKind != JsonValueKind.Null)
        {
            foreach (var step in Kind(first) == "Sequence" ? first.GetProperty("pretokenizers").EnumerateArray().ToArray() : [first])
            {
                if (Kind(step) == "ByteLevel")
                {
                    bytes = true;
                    prefixSpace |= Flag(step, "add_prefix_space");
                    if (!step.TryGetProperty("use_regex", out var use) || use.GetBoolean())
                        Take(WordSplitter.Gpt2);
                    continue;
                }
                Require(step, "Split", "pre-tokenizer");
                if (step.GetProperty("behavior").GetString() != "Isolated" || Flag(step, "invert"))
                    throw new InvalidDataException("The tokenizer's Split is not 'Isolated', which is not supported.");
                Take(step.GetProperty("pattern").GetProperty("Regex").GetString()!);
            }
        }
        if (!bytes)
            throw new InvalidDataException("The tokenizer does not work on bytes (it has no ByteLevel step), which is not supported.");
        return (new WordSplitter(pattern ?? @"[\s\S]+"), prefixSpace);

        void Take(string next)
            => pattern = pattern is null ? next
                : throw new InvalidDataException("The tokenizer splits text in two steps, which is not supported.");
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

    private static string Kind(JsonElement element) => element.GetProperty("type").GetString() ?? "";

    private static void Require(JsonElement element, string kind, string what)
    {
        var found = element.TryGetProperty("type", out var type) ? type.GetString() : null;
        // The first GPT-2 files name no type.
        if (found != kind && !(found is null && what == "model"))
            throw new InvalidDataException($"The tokenizer's {what} is {found}; only {kind} over bytes is supported.");
    }

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var flag)
        && flag.ValueKind == JsonValueKind.True;
}
