using System.Text.Json;

namespace Cairn.Learning;

/// <summary>
/// Reads the model BPE over bytes, with the pre-tokenizers ByteLevel, Split and Sequence of them, of a <c>tokenizer.json</c>.
/// </summary>
internal static class BytePairReader
{
    internal static BytePairModel Read(JsonElement root, JsonElement model, Dictionary<string, int> vocabulary)
    {
        if (TokenizerReader.Part(root, "normalizer") is { } normalizer)
            throw new InvalidDataException($"The tokenizer normalises text ({TokenizerReader.Kind(normalizer)}), which is not supported.");
        var (splitter, prefixSpace) = Splitting(root);
        return new BytePairModel(vocabulary, new PairMerges(Merges(model.GetProperty("merges"), vocabulary)), splitter)
        {
            AddPrefixSpace = prefixSpace,
            WholeWordsFirst = TokenizerReader.Flag(model, "ignore_merges"),
        };
    }

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

    private static (WordSplitter Splitter, bool PrefixSpace) Splitting(JsonElement root)
    {
        string? pattern = null;
        var prefixSpace = false;
        var bytes = false;
        if (TokenizerReader.Part(root, "pre_tokenizer") is { } first)
        {
            var isSequence = TokenizerReader.Kind(first) == "Sequence";
            foreach (var step in isSequence ? first.GetProperty("pretokenizers").EnumerateArray().ToArray() : [first])
            {
                var kind = TokenizerReader.Kind(step);
                if (kind == "ByteLevel")
                {
                    bytes = true;
                    prefixSpace |= TokenizerReader.Flag(step, "add_prefix_space");
                    if (TokenizerReader.Flag(step, "use_regex", absent: true))
                        Take(WordSplitter.Gpt2);
                    continue;
                }
                if (kind != "Split")
                    throw new InvalidDataException($"The tokenizer's pre-tokenizer is {kind}; only Split and ByteLevel are supported.");
                if (step.GetProperty("behavior").GetString() != "Isolated" || TokenizerReader.Flag(step, "invert"))
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
}
