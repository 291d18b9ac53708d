using System.Text;

namespace Cairn.Learning.Tests;

public sealed class TokenizerTests
{
    private const string Text = """
        Three rings for the elven kings under the sky, seven for the dwarf lords in their halls of stone,
        nine for mortal men doomed to die; the rings were made and the rings were lost. It's the king's ring, isn't it?
        """;

    private static readonly Tokenizer Trained = TokenizerTrainer.Train([Text, Text, "你好，世界 你好"], 340, ["<|end|>", "<|user|>"]);

    [Theory]
    [InlineData("Hello, world!  It's 42\n\n x", "Hello|,| world|!| | It|'s| 42|\n\n| x")]
    [InlineData(" \t x \n", " \t| x| \n")]
    [InlineData("naïve 你好! \U0001F600", "naïve| 你好|!| \U0001F600")]
    [InlineData("a\U0001D400b\U0001D7D9", "a\U0001D400b|\U0001D7D9")]
    public void Words_are_cut_as_gpt_2_cuts_them(string text, string expected)
        => Assert.Equal(expected, string.Join('|', new WordSplitter(WordSplitter.Gpt2).Split(text).Select(r => text[r])));

    [Fact]
    public void Any_text_comes_back()
    {
        var random = new Seeded(1);
        string[] pieces = ["ring", "the ", "你", "é", "e\u0301", "\U0001F600", "\u200B", "\n", "  ", "\0", "<|", "\U0001D400", "9", "'s",
            "\u00A0"];
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Integer(20)).Select(_ => pieces[random.Integer(pieces.Length)]));
            Assert.Equal(text, Trained.Decode(Trained.Encode(text)));
            Assert.Equal(Trained.Encode(text).Length, Trained.Count(text));
        }
    }

    [Fact]
    public void Tokens_are_those_of_merging_pair_by_pair_in_learned_order()
    {
        var random = new Seeded(2);
        var alphabet = Enumerable.Range(0, 6).ToArray();
        for (var round = 0; round < 100; round++)
        {
            var merges = Enumerable.Range(0, 20)
                .Select(i => (Left: random.Integer(6 + (i / 2)), Right: random.Integer(6 + (i / 2)), Merged: 6 + i)).ToList();
            var word = Enumerable.Range(0, random.Integer(1, 120)).Select(_ => alphabet[random.Integer(6)]).ToArray();
            var expected = Naive(word, merges.DistinctBy(m => (m.Left, m.Right)).ToList());
            var symbols = word.ToArray();
            var count = new PairMerges(merges).Merge(symbols);
            Assert.Equal(expected, symbols[..count]);
        }
    }

    [Fact]
    public void Training_joins_the_most_frequent_pair_first()
    {
        var tokenizer = TokenizerTrainer.Train(["aaab aaab ab"], 259);
        // "a a" occurs 4 times (overlapping), "a b" 3 times; then "aa ab" twice.
        Assert.Equal(["aa", "ab", "aaab"], Enumerable.Range(256, 3).Select(id => Encoding.UTF8.GetString(tokenizer.Bytes(id))));
        Assert.Equal(340, Trained.VocabularySize);
        Assert.True(Trained.Count("the rings") < 6);
    }

    [Fact]
    public void Training_counts_as_a_plain_recount_does()
    {
        var words = Text.Split(' ').Select(w => Encoding.UTF8.GetBytes(w).Select(b => (int)b).ToArray()).GroupBy(w => string.Join(',', w))
            .ToList();
        var counts = new PairCounts([.. words.Select(g => (g.First().ToArray(), (long)g.Count()))]);
        var plain = words.Select(g => (Symbols: g.First().ToList(), Count: (long)g.Count())).ToList();
        for (var merged = 256; merged < 300; merged++)
        {
            var best = plain.SelectMany(w => w.Symbols.Zip(w.Symbols.Skip(1)).Select(p => (Pair: p, w.Count)))
                .GroupBy(p => p.Pair).Select(g => (g.Key, Count: g.Sum(p => p.Count)))
                .OrderByDescending(p => p.Count).ThenBy(p => p.Key.First).ThenBy(p => p.Key.Second).First();
            var found = counts.MostFrequent();
            if (best.Count < 2)
            {
                Assert.Null(found);
                return;
            }
            Assert.Equal((best.Key.First, best.Key.Second), (found!.Value.Left, found.Value.Right));
            counts.Merge(best.Key.First, best.Key.Second, merged);
            for (var w = 0; w < plain.Count; w++)
                plain[w] = (Naive([.. plain[w].Symbols], [(best.Key.First, best.Key.Second, merged)]).ToList(), plain[w].Count);
        }
    }

    [Fact]
    public void A_saved_tokenizer_loads_and_counts_alike()
    {
        using var stream = new MemoryStream();
        Trained.Save(stream);
        stream.Position = 0;
        var loaded = Tokenizer.Load(stream);
        Assert.Equal(Trained.Encode(Text), loaded.Encode(Text));
        Assert.Equal(Trained.VocabularySize, loaded.VocabularySize);
    }

    [Fact]
    public void Special_tokens_are_cut_out_only_where_asked()
    {
        Assert.Equal([.. Trained.Encode("ring"), 0, .. Trained.Encode("ring")], Trained.Encode("ring<|end|>ring"));
        var plain = Trained.Encode("<|end|>", parseSpecial: false);
        Assert.DoesNotContain(0, plain);
        Assert.Equal("<|end|>", Trained.Decode(plain));
        Assert.Equal("", Trained.Decode([0]));
        Assert.Equal("<|end|>", Trained.Decode([0], skipSpecial: false));
        Assert.Equal(1, Trained.Id("<|user|>"));
    }

    [Fact]
    public void A_word_of_a_hundred_thousand_letters_is_quick()
    {
        var text = new string('a', 100_000);
        Assert.Equal(text, Trained.Decode(Trained.Encode(text)));
    }

    private static int[] Naive(int[] word, List<(int Left, int Right, int Merged)> merges)
    {
        var symbols = word.ToList();
        while (true)
        {
            var best = merges.FindIndex(m => symbols.Zip(symbols.Skip(1)).Contains((m.Left, m.Right)));
            if (best < 0)
                return [.. symbols];
            for (var i = 0; i + 1 < symbols.Count; i++)
            {
                if ((symbols[i], symbols[i + 1]) != (merges[best].Left, merges[best].Right))
                    continue;
                symbols[i] = merges[best].Merged;
                symbols.RemoveAt(i + 1);
                // The leftmost pair first, then the best again: equal to all of this pair from the left.
            }
        }
    }
}
