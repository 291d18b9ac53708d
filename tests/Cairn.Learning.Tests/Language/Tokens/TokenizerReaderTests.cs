using System.Text;

namespace Cairn.Learning.Tests;

public sealed class TokenizerReaderTests
{
    private const string Model = """
        "model": {"type": "BPE", "ignore_merges": false, "vocab": {"a": 0, "b": 1, "c": 2, "ab": 3, "abc": 4, "Ġ": 5, "bc": 6}, "merges": ["a b", ["ab", "c"]]}
        """;

    private const string Bytes = """
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true}
        """;

    [Fact]
    public void Both_notations_of_merges_are_read()
        => Assert.Equal([4, 5, 3], Load($"{{{Bytes}, {Model}}}").Encode("abc ab"));

    [Fact]
    public void A_prefix_space_is_added_where_the_file_says_so()
        => Assert.Equal([5, 4], Load($"{{{Bytes.Replace("false", "true")}, {Model}}}").Encode("abc"));

    [Fact]
    public void Whole_words_come_first_where_merges_are_ignored()
    {
        Assert.Equal([1, 2], Load($"{{{Bytes}, {Model}}}").Encode("bc"));
        Assert.Equal([6], Load($"{{{Bytes}, {Model.Replace("\"ignore_merges\": false", "\"ignore_merges\": true")}}}").Encode("bc"));
    }

    [Fact]
    public void Templates_frame_the_text()
    {
        var tokenizer = Load($$$"""
            {
              {{{Bytes}}},
              "added_tokens": [{"id": 7, "content": "<s>", "special": true}, {"id": 8, "content": "<mask>", "special": true, "lstrip": true}],
              "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                "special_tokens": {"<s>": {"id": "<s>", "ids": [7], "tokens": ["<s>"]}}
              },
              {{{Model}}}
            }
            """);
        Assert.Equal([7, 0], tokenizer.Encode("a"));
        Assert.Equal([0], tokenizer.Encode("a", frame: false));
        Assert.Equal([7, 0, 8, 1], tokenizer.Encode("a  <mask>b"));
    }

    [Fact]
    public void A_split_pattern_of_the_file_is_used()
    {
        const string split = """
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
              {"type": "Split", "pattern": {"Regex": "[a-b]|c"}, "behavior": "Isolated", "invert": false}, {"type": "ByteLevel", "use_regex": false}]}
            """;
        Assert.Equal([0, 1, 2], Load($"{{{split}, {Model}}}").Encode("abc"));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "lacks a field")]
    [InlineData("""{"model": {"type": "Unigram"}}""", "model is Unigram")]
    [InlineData("""{"model": {"type": "WordPiece", "vocab": {"a": 0}}}""", "unknown token '[UNK]' is not in its vocabulary")]
    [InlineData("""{"model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}}""", "pre-tokenizer is none")]
    [InlineData("""{"model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}, "pre_tokenizer": {"type": "Split"}}""",
        "pre-tokenizer is Split")]
    [InlineData(
        """
        {"normalizer": {"type": "NFKC"}, "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}, "pre_tokenizer": {"type": "BertPreTokenizer"}}
        """,
        "normalises text by NFKC")]
    [InlineData(
        """{"model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}, "added_tokens": [{"id": 1, "content": "x", "single_word": true}]}""",
        "'x' counts only as a single word")]
    [InlineData(
        """{"model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}, "post_processor": {"type": "BertProcessing", "cls": []}}""",
        "lacks a field")]
    [InlineData("""{"model": {"type": "BPE", "byte_fallback": true}}""", "SentencePiece")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": -1}, "merges": []}}""", "the number -1")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 2147483647}, "merges": []}}""", "the number 2147483647")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}, "pre_tokenizer": {"type": "Metaspace"}}""", "Metaspace")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}""", "no ByteLevel step")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a a"]}, "pre_tokenizer": {"type": "ByteLevel"}}""",
        "Merge 0 (a a)")]
    [InlineData("""{"normalizer": {"type": "NFC"}, "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}""", "NFC")]
    public void What_is_not_understood_is_refused_by_name(string json, string reason)
        => Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Load(json)).Message);

    [Fact]
    public void A_byte_without_a_token_is_named()
        => Assert.Contains("0x7A", Assert.Throws<InvalidDataException>(() => Load($"{{{Bytes}, {Model}}}").Encode("z")).Message);

    [Fact]
    public void An_added_token_of_normalised_text_is_found_as_the_text_is_normalised()
    {
        const string pieces = """
            {"normalizer": {"type": "BertNormalizer", "lowercase": true}, "pre_tokenizer": {"type": "BertPreTokenizer"},
             "added_tokens": [{"id": 2, "content": "Ring", "normalized": NORMAL}],
             "model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "a": 1}}}
            """;
        Assert.Equal([1, 2, 2], Load(pieces.Replace("NORMAL", "true")).Encode("a ring RING"));
        Assert.Equal([1, 0, 2], Load(pieces.Replace("NORMAL", "false")).Encode("a ring Ring"));
    }

    private static Tokenizer Load(string json) => Tokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
