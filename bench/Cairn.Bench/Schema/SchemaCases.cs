using System.Globalization;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary>What a gateway validates: a tool's arguments, an extracted record, a long list of alternatives, and a schema itself.</summary>
internal static class SchemaCases
{
    public static IReadOnlyList<SchemaCase> All { get; } =
    [
        new("arguments", Parse("""
            {
              "type": "object",
              "properties": {
                "city": { "type": "string", "minLength": 1 }, "unit": { "enum": ["celsius", "fahrenheit"] }, "days": { "type": "integer", "minimum": 1, "maximum": 14 }
              },
              "required": ["city", "unit"], "additionalProperties": false
            }
            """), """{"city":"Lisbon","unit":"celsius","days":5}"""),
        new("record", Parse("""
            {
              "type": "object",
              "properties": {
                "number": { "type": "string", "pattern": "^[A-Z]{2}-[0-9]{6}$" },
                "date": { "type": "string", "minLength": 10, "maxLength": 10 },
                "seller": { "$ref": "#/$defs/party" }, "buyer": { "$ref": "#/$defs/party" },
                "currency": { "enum": ["EUR", "USD", "GBP", "CHF"] },
                "lines": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/line" } },
                "total": { "type": "number", "minimum": 0 }, "paid": { "type": "boolean" }, "note": { "type": ["string", "null"] }
              },
              "required": ["number", "date", "seller", "buyer", "currency", "lines", "total", "paid", "note"], "additionalProperties": false,
              "$defs": {
                "party": {
                  "type": "object",
                  "properties": { "name": { "type": "string" }, "street": { "type": "string" }, "city": { "type": "string" }, "country": { "type": "string", "minLength": 2, "maxLength": 2 } },
                  "required": ["name", "street", "city", "country"], "additionalProperties": false
                },
                "line": {
                  "type": "object",
                  "properties": { "text": { "type": "string", "maxLength": 200 }, "count": { "type": "integer", "exclusiveMinimum": 0 }, "price": { "type": "number" } },
                  "required": ["text", "count", "price"], "additionalProperties": false
                }
              }
            }
            """), Record()),
        new("alternatives", Parse("""
            {
              "type": "array",
              "items": {
                "anyOf": [
                  { "type": "object", "properties": { "kind": { "const": "text" }, "text": { "type": "string" } }, "required": ["kind", "text"] },
                  { "type": "object", "properties": { "kind": { "const": "image" }, "url": { "type": "string" }, "width": { "type": "integer" } }, "required": ["kind", "url"] },
                  { "type": "object", "properties": { "kind": { "const": "call" }, "name": { "type": "string" }, "arguments": { "type": "object" } }, "required": ["kind", "name"] }
                ]
              }
            }
            """), Alternatives()),
        new("metaschema", Parse("""{ "$ref": "https://json-schema.org/draft/2020-12/schema" }"""), """
            { "type": "object", "properties": { "a": { "type": "string", "minLength": 1 }, "b": { "anyOf": [{ "type": "null" }, { "$ref": "#/$defs/x" }] } }, "required": ["a"], "$defs": { "x": { "enum": [1, 2] } } }
            """),
    ];

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Record()
    {
        var lines = Enumerable.Range(1, 12)
            .Select(i => string.Create(CultureInfo.InvariantCulture,
                $$"""{"text":"Item number {{i}}, as agreed on","count":{{i}},"price":{{i}}.25}"""));
        var party = """{"name":"Northwind Traders","street":"12 Harbour Road","city":"Lisbon","country":"PT"}""";
        return $$"""{"number":"AB-123456","date":"2026-11-21","seller":{{party}},"buyer":{{party}},"currency":"EUR","lines":[{{string.Join(',', lines)}}],"total":812.5,"paid":false,"note":null}""";
    }

    private static string Alternatives()
    {
        string[] kinds =
        [
            """{"kind":"text","text":"Some words that were said"}""", """{"kind":"image","url":"https://example.com/a.png","width":640}""",
            """{"kind":"call","name":"search","arguments":{"query":"tides"}}""",
        ];
        return $"[{string.Join(',', Enumerable.Range(0, 300).Select(i => kinds[i % 3]))}]";
    }
}
