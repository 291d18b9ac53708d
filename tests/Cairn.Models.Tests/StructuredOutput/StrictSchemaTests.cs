using System.Text.Json;

namespace Cairn.Models.Tests;

public sealed class StrictSchemaTests
{
    [Theory]
    [InlineData("""{ "type": "object", "additionalProperties": { "type": "string" } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "object" } } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": true } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "prefixItems": [{ "type": "string" }] } } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "allOf": [{ "type": "string" }, { "minLength": 1 }] } } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "$ref": "https://example.com/a" } } }""")]
    [InlineData("""{ "type": "object", "properties": {}, "required": ["a"] }""")]
    [InlineData("true")]
    public void What_cannot_be_emulated_goes_into_the_prompt(string schema) => Assert.Null(StrictSchema.Of(JsonElement.Parse(schema)));

    [Theory]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string", "minLength": 3 } }, "required": ["a"] }""",
        """{"type":"object","properties":{"a":{"type":"string","description":"Must also satisfy {\u0022minLength\u0022:3}."}},"required":["a"],"additionalProperties":false}""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "oneOf": [{ "const": 1 }, { "type": "null" }] } }, "required": ["a"] }""",
        """{"type":"object","properties":{"a":{"anyOf":[{"enum":[1]},{"type":"null"}]}},"required":["a"],"additionalProperties":false}""")]
    [InlineData("""{ "type": "array", "items": { "$ref": "#/$defs/x" }, "$defs": { "x": { "type": "integer" } } }""",
        """{"type":"object","properties":{"value":{"type":"array","items":{"$ref":"#/$defs/x"}}},"required":["value"],"additionalProperties":false,"$defs":{"x":{"type":"integer"}}}""")]
    [InlineData("""{ "title": "T", "type": "object", "properties": { "a": { "type": "string", "description": "An a" } } }""",
        """{"type":"object","properties":{"a":{"anyOf":[{"type":"string","description":"An a"},{"type":"null"}]}},"required":["a"],"additionalProperties":false}""")]
    public void A_schema_is_brought_into_the_subset(string schema, string strict)
    {
        var given = StrictSchema.Of(JsonElement.Parse(schema))!.Schema;
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(strict), given), given.GetRawText());
    }

    [Theory]
    [InlineData("""{ "a": null, "b": { "c": null, "d": [{ "e": null }] } }""", """{"b":{"d":[{}]}}""")]
    [InlineData("""{ "a": "x", "b": null }""", """{"a":"x"}""")]
    [InlineData("""{ "a": "x", "n": null }""", """{"a":"x","n":null}""")]
    public void Nulls_that_the_given_schema_refuses_are_taken_out_and_others_stay(string answer, string expected)
    {
        var schema = JsonElement.Parse("""
            {
              "type": "object",
              "properties": {
                "a": { "type": "string" }, "n": { "type": ["string", "null"] },
                "b": {
                  "type": "object",
                  "properties": { "c": { "type": "integer" }, "d": { "type": "array", "items": { "type": "object", "properties": { "e": { "enum": [1] } } } } }
                }
              }
            }
            """);
        Assert.Equal(expected, StrictSchema.Of(schema)!.Restore(answer, JsonSchema.Compile(schema)));
    }
}
