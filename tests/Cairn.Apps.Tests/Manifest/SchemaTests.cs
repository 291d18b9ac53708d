using System.Text.Json;

namespace Cairn.Apps.Tests;

/// <summary>The JSON Schemas that editors pick up say what the readers accept.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("cairn")]
    [InlineData("app")]
    [InlineData("script")]
    [InlineData("catalog")]
    [InlineData("prompt")]
    [InlineData("recipe")]
    public void A_schema_has_exactly_the_fields_that_the_reader_accepts(string format)
    {
        var shapes = format switch
        {
            "cairn" => WorkspaceShapes.All,
            "app" => AppShapes.All,
            "script" => ScriptShapes.All,
            "catalog" => CatalogShapes.All,
            "recipe" => RecipeShapes.All,
            _ => PromptShapes.All,
        };
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "schemas", format + ".schema.json")));
        var root = schema.RootElement;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", root.GetProperty("$schema").GetString());
        Assert.Equal("#/$defs/" + shapes.First().Name, root.GetProperty("$ref").GetString());
        var definitions = root.GetProperty("$defs");
        Assert.Equal(shapes.Select(s => s.Name).Order(), definitions.EnumerateObject().Select(d => d.Name).Order());
        Assert.All(shapes, shape =>
        {
            var definition = definitions.GetProperty(shape.Name);
            Assert.Equal(shape.Fields.Order(), definition.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
            Assert.False(definition.GetProperty("additionalProperties").GetBoolean());
        });
    }
}
