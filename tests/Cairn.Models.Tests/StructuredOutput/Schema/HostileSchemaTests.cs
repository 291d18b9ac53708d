using System.Text;

namespace Cairn.Models.Tests;

public sealed class HostileSchemaTests
{
    [Fact]
    public void A_schema_that_refers_to_itself_without_end_is_stopped()
        => Assert.Equal("schema.limit",
            Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse("""{ "$ref": "#" }""").IsValid("1"u8)).Code);

    [Fact]
    public void Alternatives_that_double_at_each_level_are_stopped()
    {
        var schema = new StringBuilder("""{ "$ref": "#/$defs/a40", "$defs": { "a0": false""");
        for (var i = 1; i <= 40; i++)
            schema.Append(System.Globalization.CultureInfo.InvariantCulture,
                $$""", "a{{i}}": { "anyOf": [{ "$ref": "#/$defs/a{{i - 1}}" }, { "$ref": "#/$defs/a{{i - 1}}" }] }""");
        var compiled = JsonSchema.Parse(schema.Append("}}").ToString(), new() { MaxSteps = 200_000 });
        Assert.Equal("schema.limit", Assert.Throws<JsonSchemaException>(() => compiled.IsValid("1"u8)).Code);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(.*)*$x")]
    public void A_pattern_made_to_explode_runs_in_linear_time(string pattern)
        => Assert.False(JsonSchema.Parse($$"""{ "pattern": "{{pattern}}" }""")
            .IsValid(Encoding.UTF8.GetBytes($"\"{new string('a', 5_000)}!\"")));

    [Fact]
    public void A_pattern_that_must_backtrack_is_stopped_by_time()
    {
        var schema = JsonSchema.Parse("""{ "pattern": "^(?=a)((a|b|ab)+)+[0-9]$" }""",
            new() { PatternTimeLimit = TimeSpan.FromMilliseconds(5) });
        Assert.Equal("schema.limit",
            Assert.Throws<JsonSchemaException>(
                () => schema.IsValid(Encoding.UTF8.GetBytes($"\"{string.Concat(Enumerable.Repeat("ab", 40))}!1\""))).Code);
    }

    [Fact]
    public void Repetitions_within_repetitions_do_not_fill_memory()
        => Assert.True(JsonSchema.Parse("""{ "pattern": "^((a{1,1000}){1,1000}){1,1000}$" }""").IsValid("\"aaa\""u8));

    [Fact]
    public void An_instance_that_is_nested_too_deeply_is_invalid()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        Assert.Equal("is not JSON: line 1, column 129: nested deeper than 128 levels",
            Assert.Single(JsonSchema.Parse("true").Validate(deep)).Message);
    }

    [Fact]
    public void Unique_items_of_a_long_list_are_compared_by_hash()
    {
        var schema = JsonSchema.Parse("""{ "uniqueItems": true }""");
        var items = Enumerable.Range(0, 50_000).Select(i => $$"""{"id":{{i}},"text":"x"}""").ToList();
        Assert.True(schema.IsValid(Encoding.UTF8.GetBytes($"[{string.Join(',', items)}]")));
        Assert.False(schema.IsValid(Encoding.UTF8.GetBytes($"[{string.Join(',', items)},{{\"text\":\"x\",\"id\":17.0}}]")));
    }

    [Fact]
    public void A_number_with_a_huge_exponent_costs_nothing_and_is_compared_exactly()
    {
        var schema = JsonSchema.Parse("""{ "multipleOf": 3, "maximum": 1e1000000 }""");
        Assert.False(schema.IsValid("1e999999"u8));
        Assert.True(schema.IsValid("3e999999"u8));
        Assert.False(schema.IsValid("3e1000001"u8));
    }

    [Fact]
    public void A_schema_with_too_many_subschemas_is_refused()
        => Assert.Equal("schema.limit",
            Assert.Throws<JsonSchemaException>(
                () => JsonSchema.Parse("""{ "allOf": [true, true, true] }""", new() { MaxSubschemas = 3 })).Code);

    [Fact]
    public void The_violations_that_are_named_are_bounded()
        => Assert.Equal(
            5, JsonSchema.Parse("""{ "items": false }""", new() { MaxViolations = 5 }).Validate(
                $"[{string.Join(',', Enumerable.Range(0, 100))}]").Length);
}
