using System.Text.Json;

namespace Cairn.Learning;

/// <summary>Writes what a <c>tokenizer.json</c> says of WordPiece.</summary>
internal static class WordPieceWriter
{
    internal static void Write(Utf8JsonWriter json, WordPieceModel pieces, IReadOnlyDictionary<string, int> vocabulary)
    {
        if (pieces.Normaliser is not { } normaliser)
        {
            json.WriteNull("normalizer");
        }
        else
        {
            json.WriteStartObject("normalizer");
            json.WriteString("type", "BertNormalizer");
            json.WriteBoolean("clean_text", normaliser.CleansText);
            json.WriteBoolean("handle_chinese_chars", normaliser.PartsIdeographs);
            json.WriteBoolean("strip_accents", normaliser.StripsAccents);
            json.WriteBoolean("lowercase", normaliser.Lowercases);
            json.WriteEndObject();
        }
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "BertPreTokenizer");
        json.WriteEndObject();
        json.WriteStartObject("decoder");
        json.WriteString("type", "WordPiece");
        json.WriteString("prefix", pieces.Continuation);
        json.WriteBoolean("cleanup", pieces.CleansUp);
        json.WriteEndObject();
        json.WriteStartObject("model");
        json.WriteString("type", "WordPiece");
        json.WriteString("unk_token", pieces.UnknownToken);
        json.WriteString("continuing_subword_prefix", pieces.Continuation);
        json.WriteNumber("max_input_chars_per_word", pieces.MostCharacters);
        TokenizerWriter.Vocabulary(json, vocabulary);
        json.WriteEndObject();
    }
}
