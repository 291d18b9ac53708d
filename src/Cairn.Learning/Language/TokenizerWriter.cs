using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Learning;

/// <summary>Writes <c>tokenizer.json</c> as Hugging Face's tokenizers read it.</summary>
internal static class TokenizerWriter
{
    internal static void Write(Stream stream, TokenizerDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (var token in definition.Added.OrderBy(t => t.Id))
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Text);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", token.TakesLeftSpace);
            json.WriteBoolean("rstrip", token.TakesRightSpace);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("special", token.Special);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNull("normalizer");
        Splitting(json, definition);
        Frame(json, definition);
        json.WriteStartObject("decoder");
        ByteLevel(json, false, false);
        json.WriteEndObject();
        Model(json, definition);
        json.WriteEndObject();
    }

    private static void Splitting(Utf8JsonWriter json, TokenizerDefinition definition)
    {
        json.WriteStartObject("pre_tokenizer");
        if (definition.Splitter.Pattern == WordSplitter.Gpt2)
        {
            ByteLevel(json, definition.AddPrefixSpace, true);
        }
        else
        {
            json.WriteString("type", "Sequence");
            json.WriteStartArray("pretokenizers");
            json.WriteStartObject();
            json.WriteString("type", "Split");
            json.WriteStartObject("pattern");
            json.WriteString("Regex", definition.Splitter.Pattern);
            json.WriteEndObject();
            json.WriteString("behavior", "Isolated");
            json.WriteBoolean("invert", false);
            json.WriteEndObject();
            json.WriteStartObject();
            ByteLevel(json, definition.AddPrefixSpace, false);
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

    private static void Frame(Utf8JsonWriter json, TokenizerDefinition definition)
    {
        if (definition.Prefix.Count + definition.Suffix.Count == 0)
        {
            json.WriteNull("post_processor");
            return;
        }
        var names = definition.Added.ToDictionary(t => t.Id, t => t.Text);
        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        foreach (var field in new[] { "single", "pair" })
        {
            json.WriteStartArray(field);
            Special(json, definition.Prefix, names);
            Sequence(json, "A");
            if (field == "pair")
                Sequence(json, "B");
            Special(json, definition.Suffix, names);
            json.WriteEndArray();
        }
        json.WriteStartObject("special_tokens");
        foreach (var id in definition.Prefix.Concat(definition.Suffix).Distinct())
        {
            json.WriteStartObject(names[id]);
            json.WriteString("id", names[id]);
            json.WriteStartArray("ids");
            json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteStartArray("tokens");
            json.WriteStringValue(names[id]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Special(Utf8JsonWriter json, IReadOnlyList<int> ids, Dictionary<int, string> names)
    {
        foreach (var id in ids)
            Part(json, "SpecialToken", names[id]);
    }

    private static void Sequence(Utf8JsonWriter json, string id) => Part(json, "Sequence", id);

    private static void Part(Utf8JsonWriter json, string kind, string id)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id", id);
        json.WriteNumber("type_id", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Model(Utf8JsonWriter json, TokenizerDefinition definition)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", definition.WholeWordsFirst);
        json.WriteStartObject("vocab");
        foreach (var (token, id) in definition.Vocabulary.OrderBy(t => t.Value))
            json.WriteNumber(token, id);
        json.WriteEndObject();
        var names = definition.Vocabulary.ToDictionary(t => t.Value, t => t.Key);
        json.WriteStartArray("merges");
        foreach (var (left, right) in definition.Merges.InOrder)
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
