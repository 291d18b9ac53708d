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
            json.WriteBoolean("normalized", token.Normalised);
            json.WriteBoolean("special", token.Special);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        switch (definition.Model)
        {
            case BytePairModel pairs:
                BytePairWriter.Write(json, pairs, definition.Vocabulary);
                break;
            case WordPieceModel pieces:
                WordPieceWriter.Write(json, pieces, definition.Vocabulary);
                break;
        }
        Frame(json, definition);
        json.WriteEndObject();
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

    /// <summary>The vocabulary, by number.</summary>
    internal static void Vocabulary(Utf8JsonWriter json, IReadOnlyDictionary<string, int> vocabulary)
    {
        json.WriteStartObject("vocab");
        foreach (var (token, id) in vocabulary.OrderBy(t => t.Value))
            json.WriteNumber(token, id);
        json.WriteEndObject();
    }
}
