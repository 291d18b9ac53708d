using System.Text.Json;

namespace Cairn.Models.Tests;

public sealed class EcmaPatternTests
{
    [Theory]
    [InlineData(@"^\d+$", "٣", false)]
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^\s$", "\uFEFF", true)]
    [InlineData(@"^a$", "a\n", false)]
    [InlineData(@"^.$", "😀", true)]
    [InlineData(@"^..$", "😀", false)]
    [InlineData(@"^.$", "\u2028", false)]
    [InlineData(@"^[^x]$", "😀", true)]
    [InlineData(@"^[^😀]$", "😀", false)]
    [InlineData(@"^[^😀]$", "😁", true)]
    [InlineData(@"^[😀-😅]+$", "😁😂", true)]
    [InlineData(@"^😀*$", "😀😀", true)]
    [InlineData(@"^\u{1F600}$", "😀", true)]
    [InlineData(@"^\uD83D\uDE00$", "😀", true)]
    [InlineData(@"^\p{Uppercase_Letter}\p{Ll}$", "Éa", true)]
    [InlineData(@"^[\p{L}-]+$", "a-é", true)]
    [InlineData(@"^\P{L}$", "1", true)]
    [InlineData(@"^[\d\-x]+$", "1-x", true)]
    [InlineData(@"^[]$", "a", false)]
    [InlineData(@"^[^]$", "a", true)]
    [InlineData(@"^(?<a>x)\k<a>$", "xx", true)]
    [InlineData(@"^(x|y)\1$", "xy", false)]
    [InlineData(@"a\b", "aé", true)]
    [InlineData(@"^\cA$", "\u0001", true)]
    [InlineData(@"^a#b c$", "a#b c", true)]
    [InlineData(@"^a{2}{$", "aa{", true)]
    public void A_pattern_means_what_ecma_262_says(string pattern, string text, bool matches)
        => Assert.Equal(matches,
            JsonSchema.Parse($$"""{ "pattern": {{JsonSerializer.Serialize(pattern)}} }""")
                .IsValid(JsonSerializer.SerializeToUtf8Bytes(text)));

    [Theory]
    [InlineData(@"\a")]
    [InlineData(@"[b-a]")]
    [InlineData(@"[a")]
    [InlineData(@"a)")]
    [InlineData(@"(?#x)")]
    [InlineData(@"a**")]
    [InlineData("\\")]
    [InlineData(@"\u{110000}")]
    public void What_ecma_262_does_not_know_is_refused(string pattern)
        => Assert.Equal("schema.pattern",
            Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse($$"""{ "pattern": {{JsonSerializer.Serialize(pattern)}} }""")).Code);

    [Theory]
    [InlineData("^[a-z]+$", true)]
    [InlineData(@"^\p{L}.$", true)]
    [InlineData("(?=a)", false)]
    [InlineData(@"(a)\1", false)]
    public void Only_lookaround_and_back_references_cost_linear_time(string pattern, bool linear)
        => Assert.Equal(linear, new SchemaPattern(pattern, TimeSpan.FromSeconds(1)).IsLinear);
}
