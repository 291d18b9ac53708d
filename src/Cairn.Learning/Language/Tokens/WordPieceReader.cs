using System.Text.Json;

namespace Cairn.Learning;

/// <summary>Reads the model WordPiece, with BertNormalizer (or none) and BertPreTokenizer, of a <c>tokenizer.json</c>.</summary>
internal static class WordPieceReader
{
    internal static WordPieceModel Read(JsonElement root, JsonElement model, Dictionary<string, int> vocabulary)
    {
        var unknown = TokenizerReader.Part(model, "unk_token")?.GetString() ?? "[UNK]";
        if (!vocabulary.ContainsKey(unknown))
            throw new InvalidDataException($"The tokenizer's unknown token '{unknown}' is not in its vocabulary.");
        var continuation = TokenizerReader.Part(model, "continuing_subword_prefix")?.GetString() ?? "##";
        var words = TokenizerReader.Part(root, "pre_tokenizer") is { } step ? TokenizerReader.Kind(step) : "none";
        if (words != "BertPreTokenizer")
            throw new InvalidDataException($"The tokenizer's pre-tokenizer is {words}; with WordPiece only BertPreTokenizer is supported.");
        return new WordPieceModel(vocabulary, unknown, continuation)
        {
            MostCharacters = TokenizerReader.Part(model, "max_input_chars_per_word")?.GetInt32() ?? 100,
            Normaliser = TokenizerReader.Part(root, "normalizer") is { } normalizer ? Normaliser(normalizer) : null,
            CleansUp = TokenizerReader.Part(root, "decoder") is not { } decoder || TokenizerReader.Flag(decoder, "cleanup", absent: true),
        };
    }

    private static BertNormaliser Normaliser(JsonElement normalizer)
    {
        var kind = TokenizerReader.Kind(normalizer);
        if (kind != "BertNormalizer")
            throw new InvalidDataException($"The tokenizer normalises text by {kind}; with WordPiece only BertNormalizer is supported.");
        var lowercase = TokenizerReader.Flag(normalizer, "lowercase", absent: true);
        return new BertNormaliser(
            TokenizerReader.Flag(normalizer, "clean_text", absent: true),
            TokenizerReader.Flag(normalizer, "handle_chinese_chars", absent: true),
            // Where the file does not say, accents go with capital letters.
            TokenizerReader.Flag(normalizer, "strip_accents", absent: lowercase),
            lowercase);
    }
}
