using System.Text.Json;

namespace Cairn.Models;

/// <summary>One JSON document with schemas in it, and the place of each.</summary>
internal sealed class SchemaDocument(JsonElement root, string shownAddress)
{
    public JsonElement Root { get; } = root;

    /// <summary>Stands before the fragment in locations; empty for the schema that is compiled.</summary>
    public string ShownAddress { get; } = shownAddress;

    /// <summary>Subschemas by JSON pointer.</summary>
    public Dictionary<string, (JsonElement Schema, SchemaResource Resource)> Places { get; } = new(StringComparer.Ordinal);
}
