using System.Text.Json;

namespace Cairn.Learning;

/// <summary>Writes what a <c>tokenizer.json</c> says of byte-level byte-pair encoding.</summary>
internal static class BytePairWriter
{
    internal static void Write(Utf8JsonWriter json, BytePairModel pairs, IReadOnlyDictionary<string, int> vocabulary)
    {
        json.WriteNull("normalizer");
        Splitting(json, pairs);
        json.WriteStartObject("decoder");
        ByteLevel(json, false, false);
        json.WriteEndObject();
        Model(json, pairs, vocabulary);
    }

    private static void Splitting(Utf8JsonWriter json, BytePairModel pairs)
    {
        json.WriteStartObject("pre_tokenizer");
        if (pairs.Splitter.Pattern == WordSplitter.Gpt2)
        {
            ByteLevel(json, pairs.AddPrefixSpace, true);
        }
        else
        {
            json.WriteString("type", "Sequence");
            json.WriteStartArray("pretokenizers");
            json.WriteStartObject();
            json.WriteString("type", "Split");
            json.WriteStartObject("pattern");
            json.WriteString("Regex", pairs.Splitter.Pattern);
            json.WriteEndObject();
            json.WriteString("behavior", "Isolated");
            json.WriteBoolean("invert", false);
            json.WriteEndObject();
            json.WriteStartObject();
            ByteLevel(json, pairs.AddPrefixSpace, false);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void ByteLevel(Utf8JsonWriter json, bool prefixSpace, bool regex)
    {
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", prefixSpace);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", regex);
    }

    private static void Model(Utf8JsonWriter json, BytePairModel pairs, IReadOnlyDictionary<string, int> vocabulary)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", pairs.WholeWordsFirst);
        TokenizerWriter.Vocabulary(json, vocabulary);
        var names = vocabulary.ToDictionary(t => t.Value, t => t.Key);
        json.WriteStartArray("merges");
        foreach (var (left, right) in pairs.Merges.InOrder)
        {
            json.WriteStartArray();
            json.WriteStringValue(names[left]);
            json.WriteStringValue(names[right]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
