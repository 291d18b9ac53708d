using System.Text;

namespace Cairn.Learning.Tests;

/// <summary>
/// The expected numbers are those of Hugging Face's tokenizers 0.23; <c>bench/run learning tokenizers</c> compares thousands of texts more.
/// </summary>
public sealed class WordPieceTests
{
    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private static readonly string[] Pieces =
    [
        "the", "tide", "##s", "un", "##aff", "##able", "rings", "ring", "##ing", "caf", "##e", "naive", "na", "##i", "##ve", "is",
        "n", "'", "t", "it", "##!", "!", ".", ",", "?", "$", "^", "世", "界", "i", "##\u0307", "o", "##o", "a", "##a", "##b", "x", "ß", "3",
        "##1", "##4", "σ", "##ς", "##σ", "1100", "ᄀ", "##ᅡ", "##ᆨ", "한", "\u20ac", "-", "_", "é", "##é", "##\u0304",
    ];

    private static readonly Tokenizer Uncased = Make();

    [Theory]
    [InlineData("The tides: unaffable rings!", new[] { 2, 5, 6, 7, 1, 8, 9, 10, 11, 26, 3 })]
    [InlineData("Café NAÏVE, isn't it?", new[] { 2, 14, 15, 16, 28, 1, 22, 23, 24, 29, 3 })]
    [InlineData("世界 ring界", new[] { 2, 32, 33, 12, 33, 3 })]
    [InlineData("\u0130x \u00adthe\u200b\0 tide", new[] { 2, 1, 5, 6, 3 })]
    [InlineData("3.14 $^_-€", new[] { 2, 43, 27, 1, 30, 31, 56, 55, 54, 3 })]
    [InlineData("간각 한", new[] { 2, 1, 1, 3 })]
    [InlineData("[MASK] ring [mask]", new[] { 2, 4, 12, 1, 1, 1, 3 })]
    [InlineData("the  [MASK]tide[SEP]", new[] { 2, 5, 4, 6, 3, 3 })]
    [InlineData("aaab", new[] { 2, 38, 39, 39, 40, 3 })]
    [InlineData("x\u0304\u0301 e\u0301", new[] { 2, 41, 1, 3 })]
    [InlineData("\U0001D400 zzz ring", new[] { 2, 1, 1, 12, 3 })]
    [InlineData(" \t\n", new[] { 2, 3 })]
    [InlineData("", new[] { 2, 3 })]
    public void Tokens_are_those_of_hugging_face(string text, int[] expected) => Assert.Equal(expected, Uncased.Encode(text));

    [Theory]
    [InlineData("The tides: unaffable rings!", new[] { 2, 1, 6, 7, 1, 8, 9, 10, 11, 26, 3 })]
    [InlineData("간각 한", new[] { 2, 1, 53, 3 })]
    [InlineData("ΣΑΣ ὀ ǖ é", new[] { 2, 1, 1, 1, 57, 3 })]
    public void A_vocabulary_with_capital_letters_keeps_them_and_accents(string text, int[] expected)
        => Assert.Equal(expected, Make(lowercase: false).Encode(text));

    [Fact]
    public void Small_letters_may_keep_their_accents()
        => Assert.Equal([2, 14, 58, 1, 28, 1, 22, 23, 24, 29, 3], Make(stripAccents: "false").Encode("Café NAÏVE, isn't it?"));

    [Fact]
    public void A_word_of_more_than_a_hundred_characters_is_unknown()
    {
        Assert.Equal(102, Uncased.Count(new string('a', 100)));
        Assert.Equal([2, 1, 3], Uncased.Encode(new string('a', 101)));
    }

    [Fact]
    public void Words_come_back_with_a_space_between_and_none_before_a_stop()
    {
        Assert.Equal("the tides, unaffable rings!", Uncased.Decode(Uncased.Encode("The tides,unaffable RINGS !")));
        Assert.Equal("[CLS] the [SEP]", Uncased.Decode([2, 5, 3], skipSpecial: false));
        Assert.Equal("ing", Encoding.UTF8.GetString(Uncased.Bytes(13)));
    }

    [Fact]
    public void Every_word_is_the_longest_pieces_from_the_left_or_unknown()
    {
        var random = new Seeded(3);
        var vocabulary = Special.Concat(Pieces).Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i);
        for (var round = 0; round < 400; round++)
        {
            var word = string.Concat(Enumerable.Range(0, random.Integer(1, 9)).Select(_ => "abiosx"[random.Integer(6)]));
            var expected = Naive(word, vocabulary);
            Assert.Equal(expected, Uncased.Encode(word, frame: false));
            Assert.Equal([.. expected, 12, .. expected], Uncased.Encode($"{word} ring\t{word}", frame: false));
        }
    }

    [Fact]
    public void Texts_stand_side_by_side_with_a_mask()
    {
        var batch = Uncased.EncodeBatch(["the tide", "ring", "a a a a a a a a"], longest: 6);
        Assert.Equal([2, 5, 6, 3, 0, 0, 2, 12, 3, 0, 0, 0, 2, 38, 38, 38, 38, 3], batch.Ids.ToArray());
        Assert.Equal([4, 3, 6], Enumerable.Range(0, 3).Select(row => batch.Mask[row, ..].CountTrue()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uncased.EncodeBatch(["a"], longest: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uncased.EncodeBatch([], longest: 6));
    }

    [Fact]
    public void Text_from_outside_forges_no_special_token()
    {
        Assert.Equal([2, 5, 3, 6, 3], Uncased.Encode("the [SEP] tide"));
        Assert.DoesNotContain(3, Uncased.Encode("the [SEP] tide", frame: false, parseSpecial: false));
    }

    [Fact]
    public void A_saved_tokenizer_loads_and_counts_alike()
    {
        var cased = Make(lowercase: false);
        using var stream = new MemoryStream();
        cased.Save(stream);
        stream.Position = 0;
        var loaded = Tokenizer.Load(stream);
        const string text = "The [MASK] Café; 世界 isn't aaab é!";
        Assert.Equal(cased.Encode(text), loaded.Encode(text));
        Assert.Equal(cased.Decode(cased.Encode(text)), loaded.Decode(loaded.Encode(text)));
        Assert.Equal(cased.EncodeBatch(["a", "the tide"], 9).Ids.ToArray(), loaded.EncodeBatch(["a", "the tide"], 9).Ids.ToArray());
    }

    /// <summary>A <c>tokenizer.json</c> as those of BERT and MiniLM are.</summary>
    internal static Tokenizer Make(bool lowercase = true, string stripAccents = "null") => Tokenizer.Load(Json(lowercase, stripAccents));

    internal static MemoryStream Json(bool lowercase = true, string stripAccents = "null") => new(Encoding.UTF8.GetBytes($$$"""
        {
          "version": "1.0", "truncation": null, "padding": null,
          "added_tokens": [{{{string.Join(',', Special.Select(Added))}}}],
          "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": {{{stripAccents}}}, "lowercase": {{{(lowercase ? "true" : "false")}}} },
          "pre_tokenizer": {"type": "BertPreTokenizer"},
          "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
              {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
              "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]} } },
          "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
          "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
            "vocab": { {{{string.Join(',', Special.Concat(Pieces).Select((t, i) => $"\"{t}\": {i}"))}}} } }
        }
        """));

    private static string Added(string token, int id) => $$"""
        {"id": {{id}}, "content": "{{token}}", "lstrip": {{(token == "[MASK]" ? "true" : "false")}}, "rstrip": false,
         "normalized": false, "special": true}
        """;

    private static int[] Naive(string word, Dictionary<string, int> vocabulary)
    {
        var ids = new List<int>();
        for (var rest = word; rest.Length > 0;)
        {
            var mark = ids.Count == 0 ? "" : "##";
            var piece = Enumerable.Range(0, rest.Length).Select(cut => rest[..^cut]).FirstOrDefault(p => vocabulary.ContainsKey(mark + p));
            if (piece is null)
                return [vocabulary["[UNK]"]];
            ids.Add(vocabulary[mark + piece]);
            rest = rest[piece.Length..];
        }
        return [.. ids];
    }
}
