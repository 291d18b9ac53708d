using System.Text.Json.Nodes;

namespace Cairn.Models.Tests;

public sealed class PartialJsonTests
{
    [Theory]
    [InlineData("{", "{}")]
    [InlineData("{\"a", "{}")]
    [InlineData("{\"a\":", "{}")]
    [InlineData("{\"a\":1", "{}")]
    [InlineData("{\"a\":1,", "{\"a\":1}")]
    [InlineData("{\"a\":tru", "{}")]
    [InlineData("{\"a\":true}", "{\"a\":true}")]
    [InlineData("{\"a\":\"b", "{\"a\":\"b\"}")]
    [InlineData("{\"a\":\"b\\", "{\"a\":\"b\"}")]
    [InlineData("{\"a\":\"b\\u00e", "{\"a\":\"b\"}")]
    [InlineData("{\"a\":\"b\\u00e9", "{\"a\":\"b\\u00E9\"}")]
    [InlineData("{\"a\":\"b\\\"c", "{\"a\":\"b\\u0022c\"}")]
    [InlineData("{\"a\":[1,2", "{\"a\":[1]}")]
    [InlineData("{\"a\":[{\"b\":\"x\"},{\"c", "{\"a\":[{\"b\":\"x\"},{}]}")]
    [InlineData("{\"a\":{\"b\":[]},\"c\":", "{\"a\":{\"b\":[]}}")]
    [InlineData("Sure: [\"x", "[\"x\"]")]
    public void What_is_complete_so_far_is_shown(string text, string expected)
    {
        var partial = new PartialJson();
        foreach (var c in text)
            partial.Append(c.ToString());
        Assert.Equal(expected, partial.Snapshot()?.ToJsonString());
    }

    [Fact]
    public void Half_of_a_character_waits_for_the_other()
    {
        var partial = new PartialJson();
        partial.Append("{\"a\":\"x" + "\uD83D");
        Assert.Equal("x", (string?)partial.Snapshot()!["a"]);
    }

    [Fact]
    public void At_every_position_there_is_a_prefix_of_the_whole()
    {
        const string Whole = """{"a":[1,{"b":"x\"\\\u0041y"},null,true],"c":{"d":-1.5e3,"e":""}} trailing""";
        for (var length = 1; length <= Whole.Length; length++)
        {
            var partial = new PartialJson();
            partial.Append(Whole[..length]);
            if (length < Whole.IndexOf(" trailing", StringComparison.Ordinal))
                Assert.IsType<JsonObject>(partial.Snapshot());
        }
    }

    [Fact]
    public void A_long_text_is_shown_ever_less_often()
    {
        var partial = new PartialJson();
        partial.Append("{\"a\":\"");
        Assert.InRange(Enumerable.Range(0, 20_000).Count(_ => partial.Append("x") is not null), 10, 400);
    }
}
