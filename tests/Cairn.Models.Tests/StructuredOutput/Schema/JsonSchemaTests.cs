using System.Text;

namespace Cairn.Models.Tests;

public sealed class JsonSchemaTests
{
    private const string Person = """
        {
          "type": "object",
          "properties": {
            "name": { "type": "string", "minLength": 1 },
            "age": { "type": "integer", "minimum": 0 },
            "tags": { "type": "array", "items": { "enum": ["a", "b"] }, "uniqueItems": true },
            "boss": { "$ref": "#" }
          },
          "required": ["name", "age"],
          "additionalProperties": false
        }
        """;

    [Theory]
    [InlineData("""{ "name": "Ann", "age": 3.0, "tags": ["b"], "boss": { "name": "B", "age": 1e2 } }""", "")]
    [InlineData("""{ "name": "Ann" }""", " #/required: has no member 'age', which is required")]
    [InlineData("""{ "name": "", "age": -1 }""",
        "/name #/properties/name/minLength: has 0 characters, but must have at least 1; /age #/properties/age/minimum: is -1, but must be at least 0")]
    [InlineData("""{ "name": "A", "age": 1, "x/y": 1 }""", "/x~1y #/additionalProperties: is not allowed here")]
    [InlineData("""{ "name": "A", "age": 1, "tags": ["a", "c"] }""", "/tags/1 #/properties/tags/items/enum: must be one of \"a\", \"b\"")]
    [InlineData("""{ "name": "A", "age": 1, "boss": { "name": 7, "age": 1 } }""",
        "/boss/name #/properties/name/type: is a number, but must be a string")]
    [InlineData("""[1]""", " #/type: is an array, but must be an object")]
    public void A_violation_names_the_value_the_keyword_and_the_fault(string instance, string expected)
        => Assert.Equal(expected,
            string.Join("; ", JsonSchema.Parse(Person).Validate(instance).Select(v => $"{v.InstancePath} {v.SchemaPath}: {v.Message}")));

    [Theory]
    [InlineData("{ \"name\": ")]
    [InlineData("")]
    [InlineData("{} {}")]
    public void What_is_no_json_is_a_violation(string text)
    {
        Assert.False(JsonSchema.Parse("true").IsValid(Encoding.UTF8.GetBytes(text)));
        Assert.StartsWith("is not JSON:", Assert.Single(JsonSchema.Parse("true").Validate(text)).Message);
    }

    [Fact]
    public void What_is_no_utf8_is_a_violation()
        => Assert.False(JsonSchema.Parse("true").IsValid("\"\xFF\""u8[..1].ToArray().Concat(new byte[] { 0xFF, (byte)'"' }).ToArray()));

    [Fact]
    public void Each_of_several_members_with_one_name_is_judged()
        => Assert.False(JsonSchema.Parse(Person).IsValid("""{ "name": 1, "age": 1, "name": "Ann" }"""u8));

    [Fact]
    public void A_valid_instance_costs_no_allocation()
    {
        var schema = JsonSchema.Parse(Person);
        var instance =
            Encoding.UTF8.GetBytes("""{ "name": "A\u006en", "age": 3, "tags": ["a", "b"], "boss": { "name": "B", "age": 100 } }""");
        Assert.True(schema.IsValid(instance));
        // What the runtime does in a test beside this one, as emptying a pool when it collects, is seen in one round; what an instance
        // costs is seen in each.
        var least = long.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
                schema.IsValid(instance);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData("""{ "type": "strng" }""", "schema.invalid", "#/type names 'strng'")]
    [InlineData("""{ "properties": { "a": { "minimum": "3" } } }""", "schema.invalid", "#/properties/a/minimum is no number")]
    [InlineData("""{ "items": [true] }""", "schema.invalid", "#/items is a list, as in older drafts")]
    [InlineData("""{ "multipleOf": 0 }""", "schema.invalid", "#/multipleOf is not more than zero")]
    [InlineData("""{ "pattern": "(" }""", "schema.pattern", "a group is not closed")]
    [InlineData("""{ "pattern": "\\p{Script=Greek}" }""", "schema.pattern", "Script=Greek is not supported")]
    [InlineData("""{ "$ref": "https://example.com/x" }""", "schema.reference",
        "no document is registered for https://example.com/x; nothing is fetched")]
    [InlineData("""{ "$ref": "#/$defs/x" }""", "schema.reference", "nothing is there")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#" }""", "schema.dialect", "draft-07")]
    [InlineData("""{ "a": """, "schema.invalid", "is not JSON")]
    [InlineData("""7""", "schema.invalid", "A schema is an object or a boolean, but this one is a number.")]
    public void A_bad_schema_is_refused_with_its_place_and_fault(string schema, string code, string message)
    {
        var error = Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse(schema));
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void A_reference_leads_to_a_registered_document()
    {
        using var document = System.Text.Json.JsonDocument.Parse("""{ "$defs": { "count": { "type": "integer", "minimum": 1 } } }""");
        var options = new JsonSchemaOptions { Registry = SchemaRegistry.Standard.With(new Uri("https://example.com/shared.json"),
            document.RootElement) };
        var violation = Assert.Single(JsonSchema.Parse("""{ "$ref": "https://example.com/shared.json#/$defs/count" }""", options)
            .Validate("0"));
        Assert.Equal("https://example.com/shared.json#/$defs/count/minimum", violation.SchemaPath);
    }

    [Theory]
    [InlineData("""{ "type": "object", "properties": { "minLength": { "type": "string" } } }""", true)]
    [InlineData("""{ "properties": { "a": { "minLength": -1 } } }""", false)]
    [InlineData("""{ "allOf": [] }""", false)]
    public void The_metaschema_judges_schemas(string schema, bool valid)
        => Assert.Equal(valid, JsonSchema.Parse("""{ "$ref": "https://json-schema.org/draft/2020-12/schema" }""")
            .IsValid(Encoding.UTF8.GetBytes(schema)));

    [Theory]
    [InlineData("\"no date\"", false, true)]
    [InlineData("\"no date\"", true, false)]
    [InlineData("\"2024-02-29\"", true, true)]
    [InlineData("\"2023-02-29\"", true, false)]
    public void A_format_is_asserted_when_that_is_asked_for(string instance, bool assert, bool valid)
        => Assert.Equal(valid, JsonSchema.Parse("""{ "format": "date" }""", new() { AssertFormats = assert })
            .IsValid(Encoding.UTF8.GetBytes(instance)));
}
