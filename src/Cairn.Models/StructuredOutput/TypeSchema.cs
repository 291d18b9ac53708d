using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Cairn.Models;

/// <summary>
/// The JSON Schema of a type, from metadata that the compiler's source generator wrote for a
/// <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>: the shape is fixed at build time, and nothing looks the type up by
/// reflection, so it works trimmed and compiled ahead of time. A
/// <see cref="DescriptionAttribute"/> becomes a description.
/// </summary>
public static class TypeSchema
{
    private static readonly ConcurrentDictionary<JsonTypeInfo, JsonElement> Known = new();

    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static JsonElement Of(JsonTypeInfo type)
        => Known.GetOrAdd(type, static t => JsonElement.Parse(t.GetJsonSchemaAsNode(Exporter).ToJsonString()));

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var attributes = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        if (schema is JsonObject node
            && attributes.GetCustomAttributes(typeof(DescriptionAttribute), false) is [DescriptionAttribute description, ..])
            node.Insert(0, "description", description.Description);
        return schema;
    }
}
