using System.Collections.Immutable;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>The documents that a schema's references may lead to, by address. Validation never opens a connection.</summary>
public sealed class SchemaRegistry
{
    private static readonly string[] MetaschemaNames =
        ["schema", "meta/core", "meta/applicator", "meta/unevaluated", "meta/validation", "meta/meta-data", "meta/format-annotation",
            "meta/format-assertion", "meta/content"];

    private readonly ImmutableDictionary<string, JsonElement> _documents;

    private SchemaRegistry(ImmutableDictionary<string, JsonElement> documents) => _documents = documents;

    /// <summary>The metaschema of draft 2020-12 and its vocabularies.</summary>
    public static SchemaRegistry Standard { get; } = new(MetaschemaNames.ToImmutableDictionary(n => "https://json-schema.org/draft/2020-12/"
        + n, ReadMetaschema));

    /// <returns>A registry that has this document too.</returns>
    public SchemaRegistry With(Uri address, JsonElement document) => new(_documents.SetItem(address.AbsoluteUri, document.Clone()));

    /// <returns>null when no document has this address.</returns>
    public JsonElement? Find(Uri address) => _documents.TryGetValue(address.AbsoluteUri, out var document) ? document : null;

    private static JsonElement ReadMetaschema(string name)
    {
        var resource = "Cairn.Models.Metaschemas." + name.Replace("meta/", "", StringComparison.Ordinal) + ".json";
        using var stream = typeof(SchemaRegistry).Assembly.GetManifestResourceStream(resource)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
