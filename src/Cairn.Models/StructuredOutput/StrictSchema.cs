using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Models;

/// <summary>
/// Brings a schema into the subset that OpenAI calls strict (its guide "Structured model outputs", supported schemas): the root is an
/// object, every object is closed, every member required. What the subset cannot say is emulated, and enforced by validation against the
/// schema as it was given: an optional member may be null, and that null is taken out of the answer; a root that is no object is wrapped;
/// <c>oneOf</c> is asked for as <c>anyOf</c>;
/// <c>const</c> as <c>enum</c>; other keywords are told in the description. Free-form objects (maps), tuples, several <c>allOf</c> and
/// references to other documents cannot be emulated: such a schema goes into the prompt.
/// </summary>
internal sealed class StrictSchema
{
    /// <summary>The member that holds a root which is no object.</summary>
    public const string Wrapper = "value";

    private static readonly string[] Kept =
    [
        "type", "description", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
        "format", "pattern",
    ];
    private static readonly string[] Silent =
    [
        "$schema", "$id", "$comment", "$anchor", "title", "default", "examples", "deprecated", "readOnly", "writeOnly", "required",
        "additionalProperties", "unevaluatedProperties",
    ];
    private static readonly string[] Handled = ["properties", "items", "anyOf", "oneOf", "allOf", "const", "$ref", "$defs"];
    private static readonly string[] Refused = ["patternProperties", "prefixItems", "$dynamicRef", "$dynamicAnchor", "unevaluatedItems"];
    private static readonly string[] Typed = ["type", "enum", "anyOf", "$ref"];
    private static readonly string[] Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    private StrictSchema(JsonElement schema, bool isWrapped)
    {
        Schema = schema;
        IsWrapped = isWrapped;
    }

    public JsonElement Schema { get; }

    public bool IsWrapped { get; }

    /// <returns>null when the schema cannot be brought into the subset.</returns>
    public static StrictSchema? Of(JsonElement schema)
    {
        try
        {
            var root = JsonObject.Create(schema) ?? throw new NotSupportedException("a boolean schema");
            var isObject = root["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String && (string?)type == "object";
            var strict = Convert(root);
            if (!isObject)
                strict = Wrap(strict);
            return new(JsonSerializer.SerializeToElement(strict, StructuredJson.Default.JsonObject), !isObject);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonObject Wrap(JsonObject root)
    {
        var definitions = root["$defs"];
        root.Remove("$defs");
        if (definitions is not null && definitions.ToJsonString().Contains("\"#\"", StringComparison.Ordinal))
            throw new NotSupportedException("a reference to a root that is wrapped");
        var wrapped = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [Wrapper] = root },
            ["required"] = new JsonArray(Wrapper),
            ["additionalProperties"] = false,
        };
        if (definitions is not null)
            wrapped["$defs"] = definitions;
        return wrapped;
    }

    private static JsonObject Convert(JsonNode? node)
    {
        if (node is not JsonObject schema)
            throw new NotSupportedException("a boolean schema");
        if (Refused.Any(schema.ContainsKey))
            throw new NotSupportedException("a keyword without an emulation");
        var strict = new JsonObject();
        var told = new JsonObject();
        foreach (var (name, value) in schema)
        {
            if (Kept.Contains(name) && !IsBeyond(name, value))
                strict[name] = value?.DeepClone();
            else if (!Silent.Contains(name) && !Handled.Contains(name))
                told[name] = value?.DeepClone();
        }
        ConvertParts(schema, strict);
        if (IsObject(schema))
            Close(schema, strict);
        if (told.Count > 0)
            strict["description"] = $"{(string?)schema["description"]} Must also satisfy {told.ToJsonString()}.".TrimStart();
        if (!Typed.Any(strict.ContainsKey))
            throw new NotSupportedException("a schema without a type");
        return strict;
    }

    private static void ConvertParts(JsonObject schema, JsonObject strict)
    {
        if (schema.TryGetPropertyValue("const", out var constant))
            strict["enum"] = new JsonArray(constant?.DeepClone());
        if (schema["$ref"] is { } reference)
        {
            var target = (string)reference!;
            strict["$ref"] = target == "#" || target.StartsWith("#/$defs/", StringComparison.Ordinal)
                ? target
                : throw new NotSupportedException("a reference to another place");
        }
        if (schema["items"] is { } items)
            strict["items"] = Convert(items);
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray alternatives)
            strict["anyOf"] = new JsonArray([.. alternatives.Select(a => (JsonNode)Convert(a))]);
        if (schema["allOf"] is JsonArray all)
        {
            foreach (var (name, value) in all is [var only] && !schema.ContainsKey("properties")
                ? Convert(only)
                : throw new NotSupportedException("several schemas at once"))
                strict[name] = value?.DeepClone();
        }
        if (schema["$defs"] is JsonObject definitions)
            strict["$defs"] = new JsonObject(definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)Convert(d.Value))));
    }

    private static bool IsObject(JsonObject schema)
        => schema.ContainsKey("properties")
            || (schema["type"] is JsonArray types ? types.Any(t => (string?)t == "object") : (string?)schema["type"] == "object");

    private static void Close(JsonObject schema, JsonObject strict)
    {
        if (schema["properties"] is not JsonObject properties
            || schema["additionalProperties"] is JsonObject or JsonValue
                && schema["additionalProperties"]!.GetValueKind() != JsonValueKind.False)
            throw new NotSupportedException("an object with free members");
        var required = schema["required"] is JsonArray list ? list.Select(r => (string?)r).ToHashSet(StringComparer.Ordinal) : [];
        if (required.Any(r => r is not null && !properties.ContainsKey(r)))
            throw new NotSupportedException("a required member without a schema");
        strict["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key,
            (JsonNode?)(required.Contains(p.Key) ? Convert(p.Value) : OrNull(Convert(p.Value))))));
        strict["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]);
        strict["additionalProperties"] = false;
    }

    private static JsonObject OrNull(JsonObject schema)
        => new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };

    private static bool IsBeyond(string name, JsonNode? value) => name switch
    {
        "format" => !Formats.Contains((string?)value),
        "pattern" => !new SchemaPattern((string)value!, TimeSpan.FromSeconds(1)).IsLinear,
        _ => false,
    };

    /// <summary>Takes out the wrapper and the nulls that stand for optional members left out.</summary>
    public string Restore(string answer, JsonSchema schema)
    {
        try
        {
            var value = JsonNode.Parse(answer, documentOptions: new() { AllowDuplicateProperties = false });
            if (IsWrapped && value is JsonObject wrapped && wrapped.ContainsKey(Wrapper))
                value = wrapped[Wrapper]?.DeepClone();
            var text = value?.ToJsonString(StructuredJson.Plain) ?? "null";
            // A null is an emulated absence where the schema as it was given refuses it.
            var removed = schema.Validate(text).Select(v => v.InstancePath).Distinct().Count(p => RemoveNull(value, p));
            return removed == 0 ? text : value!.ToJsonString(StructuredJson.Plain);
        }
        catch (JsonException)
        {
            return answer;
        }
    }

    private static bool RemoveNull(JsonNode? root, string pointer)
    {
        var tokens = pointer.Split('/').Skip(1)
            .Select(t => t.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
        foreach (var token in tokens.SkipLast(1))
            root = root is JsonArray array ? array[int.Parse(token, System.Globalization.CultureInfo.InvariantCulture)] : root?[token];
        return tokens.Count > 0 && root is JsonObject parent && parent.TryGetPropertyValue(tokens[^1], out var member) && member is null
            && parent.Remove(tokens[^1]);
    }
}
