using System.Text.Json;
using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>
/// WordPiece and byte-level pairs beside Hugging Face's tokenizers (Rust, by way of Node): both read the same <c>tokenizer.json</c>, and
/// every text must
/// have the same tokens and come back as the same text. The texts are this repository's documents and random mixtures of scripts, marks and
/// spaces.
/// </summary>
internal sealed class TokenizersPart : ILearningPart
{
    private static readonly NodePeer HuggingFace = new("tokenizers");

    private static readonly string[] Mixture =
    [
        "Ring", "the ", "tide", "unaffable", " ", "  ", "\n", "\t", "\u00A0", "\u3000", "\u200B", "\u00AD", "\0", "é", "e\u0301", "Ä", "ß",
        "\u0130", "ΣΑΣ", "Й", "你好", "世", "한국", "각", "か\u3099", "क्षि", "العربية", "\U0001D400", "\U0001F600", "\uFFFD", "\uE000", "!",
        "?!", "...", "$", "^", "_", "—", "“", "…", "'s", "n't", "3.14", "٣", "[MASK]",
        "[mask]", " [SEP]", "<|endoftext|>", "a\u0304\u0301", "Ω", "ﬁ", "#", "##", "x##ing",
    ];

    public string Name => "tokenizers";

    public async Task RunAsync(BenchOptions options)
    {
        await HuggingFace.InstallAsync();
        using var folder = new PeerFolder();
        var texts = Texts(options.Quick ? 2_000 : 20_000).ToList();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "texts.json"), JsonSerializer.Serialize(texts));
        foreach (var cased in new[] { false, true })
        {
            using var file = new MemoryStream(WordPieces(texts, cased));
            await Compare(folder, cased ? "wordpiece-cased" : "wordpiece", Tokenizer.Load(file), file, texts);
        }
        var pairs = TokenizerTrainer.Train(texts.Take(1_000), 3_000, ["<|endoftext|>"]);
        using var saved = new MemoryStream();
        pairs.Save(saved);
        await Compare(folder, "byte-pairs", pairs, saved, texts);
    }

    private static async Task Compare(PeerFolder folder, string what, Tokenizer tokenizer, MemoryStream file, List<string> texts)
    {
        var path = Path.Combine(folder.Path, "tokenizer.json");
        await File.WriteAllBytesAsync(path, file.ToArray());
        var output = await HuggingFace.RunAsync("node", "ids.js", path, Path.Combine(folder.Path, "texts.json"));
        using var theirs = JsonDocument.Parse(output);
        var (ids, decoded) = (theirs.RootElement.GetProperty("ids"), theirs.RootElement.GetProperty("texts"));
        int[][] ours = [];
        var work = texts.AsParallel().AsOrdered().WithDegreeOfParallelism(LearningSuite.Threads);
        var time = Rounds.Best(3, () => ours = [.. work.Select(t => tokenizer.Encode(t))]);
        for (var i = 0; i < texts.Count; i++)
        {
            var expected = ids[i].EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var text = JsonSerializer.Serialize(texts[i]);
            if (!ours[i].AsSpan().SequenceEqual(expected))
                throw new BenchException(
                    $"{what}: {text} is {string.Join(' ', ours[i])}; Hugging Face finds {string.Join(' ', expected)}.");
            if (tokenizer.Decode(ours[i]) != decoded[i].GetString())
                throw new BenchException($"{what}: {text} comes back as {tokenizer.Decode(ours[i])}; Hugging Face writes {decoded[i]}.");
        }
        var peer = theirs.RootElement.GetProperty("milliseconds").GetDouble();
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{what}: {texts.Count} texts, {ours.Sum(o => o.Length)} tokens, the same on both sides; {time:0} ms, Hugging Face {peer:0} ms"));
        Bar.AtLeast($"learning.tokens-{what}.huggingface", peer / time, "x", 1);
    }

    private static IEnumerable<string> Texts(int mixtures)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(BenchRepository.Root, "docs"), "*.md").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(file))
                yield return line;
        }
        var random = new Seeded(11);
        for (var i = 0; i < mixtures; i++)
            yield return string.Concat(Enumerable.Range(0, random.Integer(30)).Select(_ => Mixture[random.Integer(Mixture.Length)]));
    }

    /// <summary>
    /// A <c>tokenizer.json</c> as BERT's are: the commonest words, their beginnings and ends, and most single characters.
    /// </summary>
    private static byte[] WordPieces(List<string> texts, bool cased)
    {
        string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
        var words = texts.SelectMany(t => t.Split([' ', '.', ',', '`', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
            .Select(w => cased ? w : w.ToLowerInvariant()).Where(w => w.Length < 20).CountBy(w => w)
            .OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(3_000).Select(w => w.Key).ToList();
        var characters = texts.SelectMany(t => t.EnumerateRunes()).Select(r => r.ToString()).Distinct().Where((_, i) => i % 9 != 8);
        var halves = words.Select(w => w[..(w.Length / 2)]).Where(w => !char.IsHighSurrogate(w.LastOrDefault()));
        var vocabulary = special.Concat(words).Concat(words.Where((_, i) => i % 2 == 0).Select(w => "##" + w)).Concat(halves)
            .Concat(characters.SelectMany(c => new[] { c, "##" + c })).Where(t => t.Length > 0).Distinct()
            .Select((token, id) => (token, id)).ToDictionary(t => t.token, t => t.id);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            Write(json, special, vocabulary, cased);
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string[] special, Dictionary<string, int> vocabulary, bool cased)
        => JsonSerializer.Serialize(json, new Dictionary<string, object?>
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = special.Select((content, id) => new
            {
                id,
                content,
                single_word = false,
                lstrip = content == "[MASK]",
                rstrip = false,
                normalized = false,
                special = true,
            }),
            ["normalizer"] = new
            {
                type = "BertNormalizer",
                clean_text = true,
                handle_chinese_chars = true,
                strip_accents = (bool?)null,
                lowercase = !cased,
            },
            ["pre_tokenizer"] = new { type = "BertPreTokenizer" },
            ["post_processor"] = new { type = "BertProcessing", sep = new object[] { "[SEP]", 3 }, cls = new object[] { "[CLS]", 2 } },
            ["decoder"] = new { type = "WordPiece", prefix = "##", cleanup = true },
            ["model"] = new
            {
                type = "WordPiece",
                unk_token = "[UNK]",
                continuing_subword_prefix = "##",
                max_input_chars_per_word = 100,
                vocab = vocabulary,
            },
        });
}
