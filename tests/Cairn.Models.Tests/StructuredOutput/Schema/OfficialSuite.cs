using System.Text.Json;

namespace Cairn.Models.Tests;

/// <summary>
/// The official test suite of draft 2020-12 in the folder that <c>CAIRN_DATA</c> names, and documents for its remote references, which the
/// suite's data here does not carry.
/// </summary>
internal static class OfficialSuite
{
    private const string Remotes = "http://localhost:1234/draft2020-12/";

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("CAIRN_DATA") is { Length: > 0 } data
        && Path.Combine(data, "json-schema", "tests", "draft2020-12") is var folder && Directory.Exists(folder) ? folder : null;

    public static SchemaRegistry Registry { get; } = Documents.Aggregate(SchemaRegistry.Standard,
        (registry, d) => registry.With(new Uri(Remotes + d.Path), JsonDocument.Parse(d.Json).RootElement));

    /// <returns>What does not come out as the suite says, and how many tests there were.</returns>
    public static (int Count, List<string> Wrong) Run(string file, JsonSchemaOptions options)
    {
        var wrong = new List<string>();
        var count = 0;
        using var groups = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, file)), new() { MaxDepth = 512 });
        foreach (var group in groups.RootElement.EnumerateArray())
        {
            var schema = JsonSchema.Compile(group.GetProperty("schema"), options);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                var data = test.GetProperty("data");
                var expected = test.GetProperty("valid").GetBoolean();
                // Both ways of asking must agree: the quick one, and the one that names what is wrong.
                if (schema.IsValid(data) != expected || schema.Validate(data).IsEmpty != expected)
                    wrong.Add($"{file}: {group.GetProperty("description")}: {test.GetProperty("description")}");
            }
        }
        return (count, wrong);
    }

    private static IEnumerable<(string Path, string Json)> Documents =>
    [
        ("integer.json", """{ "type": "integer" }"""),
        ("subSchemas.json", """{ "$defs": { "integer": { "type": "integer" }, "refToInteger": { "$ref": "#/$defs/integer" } } }"""),
        ("locationIndependentIdentifier.json",
            """{ "$defs": { "refToInteger": { "$ref": "#foo" }, "A": { "$anchor": "foo", "type": "integer" } } }"""),
        ("baseUriChange/folderInteger.json", """{ "type": "integer" }"""),
        ("baseUriChangeFolder/folderInteger.json", """{ "type": "integer" }"""),
        ("baseUriChangeFolderInSubschema/folderInteger.json", """{ "type": "integer" }"""),
        ("name-defs.json", """{ "$defs": { "orNull": { "anyOf": [{ "type": "null" }, { "$ref": "#" }] } }, "type": "string" }"""),
        ("ref-and-defs.json", """{ "$id": "http://localhost:1234/draft2020-12/ref-and-defs.json", "$defs": { "inner": { "properties": { "bar": { "type": "string" } } } }, "$ref": "#/$defs/inner" }"""),
        ("nested/foo-ref-string.json", """{ "type": "object", "properties": { "foo": { "$ref": "string.json" } } }"""),
        ("nested/string.json", """{ "type": "string" }"""),
        ("different-id-ref-string.json",
            """{ "$id": "http://localhost:1234/real-id-ref-string.json", "$defs": { "bar": { "type": "string" } }, "$ref": "#/$defs/bar" }"""),
        ("urn-ref-string.json", """{ "$id": "urn:uuid:feebdaed-ffff-0000-ffff-0000deadbeef", "$defs": { "bar": { "type": "string" } }, "$ref": "#/$defs/bar" }"""),
        ("nested-absolute-ref-to-string.json",
            """{ "$defs": { "bar": { "$id": "http://localhost:1234/the-nested-id.json", "type": "string" } }, "$ref": "http://localhost:1234/the-nested-id.json" }"""),
        ("detached-ref.json", """{ "$id": "http://localhost:1234/draft2020-12/detached-ref.json", "$defs": { "foo": { "$ref": "#detached" }, "detached": { "$anchor": "detached", "type": "integer" } } }"""),
        ("detached-dynamicref.json",
            """{ "$id": "http://localhost:1234/draft2020-12/detached-dynamicref.json", "$defs": { "foo": { "$dynamicRef": "#detached" }, "detached": { "$dynamicAnchor": "detached", "type": "integer" } } }"""),
        ("tree.json", """
            {
              "$id": "http://localhost:1234/draft2020-12/tree.json", "$dynamicAnchor": "node", "type": "object",
              "properties": { "data": true, "children": { "type": "array", "items": { "$dynamicRef": "#node" } } }
            }
            """),
        ("extendible-dynamic-ref.json", """
            {
              "$id": "http://localhost:1234/draft2020-12/extendible-dynamic-ref.json", "type": "object",
              "properties": { "elements": { "type": "array", "items": { "$dynamicRef": "#elements" } } },
              "required": ["elements"], "additionalProperties": false, "$defs": { "elements": { "$dynamicAnchor": "elements" } }
            }
            """),
        ("metaschema-no-validation.json", """
            {
              "$id": "http://localhost:1234/draft2020-12/metaschema-no-validation.json",
              "$vocabulary": { "https://json-schema.org/draft/2020-12/vocab/applicator": true, "https://json-schema.org/draft/2020-12/vocab/core": true }
            }
            """),
        ("metaschema-optional-vocabulary.json", """
            {
              "$id": "http://localhost:1234/draft2020-12/metaschema-optional-vocabulary.json",
              "$vocabulary": {
                "https://json-schema.org/draft/2020-12/vocab/validation": true, "https://json-schema.org/draft/2020-12/vocab/core": true,
                "http://localhost:1234/draft2020-12/vocab/custom": false
              }
            }
            """),
        ("format-assertion-false.json", """
            {
              "$id": "http://localhost:1234/draft2020-12/format-assertion-false.json",
              "$vocabulary": { "https://json-schema.org/draft/2020-12/vocab/core": true, "https://json-schema.org/draft/2020-12/vocab/format-assertion": false }
            }
            """),
        ("format-assertion-true.json", """
            {
              "$id": "http://localhost:1234/draft2020-12/format-assertion-true.json",
              "$vocabulary": { "https://json-schema.org/draft/2020-12/vocab/core": true, "https://json-schema.org/draft/2020-12/vocab/format-assertion": true }
            }
            """),
    ];
}
