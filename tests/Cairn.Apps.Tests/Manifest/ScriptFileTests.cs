using Cairn.Models;

namespace Cairn.Apps.Tests;

public sealed class ScriptFileTests
{
    [Fact]
    public void A_script_is_read_from_YAML_and_from_JSON()
    {
        var yaml = ScriptFile.Parse(
            "version: 1\nturns:\n  - { contains: berth, reply: Four days. }\n  - { matches: 'storm (\\w+)', reply: 'About $1', delay: 50ms }\n  - { fail: { kind: close, after: 5 }, reply: half an answer }\n", "s.yaml");
        Assert.Equal(3, yaml.Turns.Length);
        Assert.Equal("berth", yaml.Turns[0].Contains);
        Assert.Matches(yaml.Turns[1].Matches!, "Storm plan");
        Assert.Equal(new ScriptFailure { Kind = ScriptFailureKind.Close, After = 5 }, yaml.Turns[2].Failure);
        var json = ScriptFile.Parse("""{ "version": 1, "turns": [ { "reply": "yes" } ] }""", "s.json");
        Assert.Equal("yes", json.Turns[0].Reply);
    }

    [Theory]
    [InlineData("version: 1\nturns: [ { contain: x, reply: y } ]",
        "s.yaml:2:12: unknown field 'contain' in turns[0]; did you mean 'contains'?")]
    [InlineData("version: 1\nturns: [ { contains: x } ]", "'turns[0].reply' is missing")]
    [InlineData("version: 1\nturns: [ { matches: '(', reply: y } ]", "this is no regular expression")]
    [InlineData("version: 1\nturns: [ { fail: { kind: status } } ]", "belongs to the kind 'status'")]
    [InlineData("version: 1\nturns: [ { fail: { kind: hnag } } ]", "did you mean 'hang'?")]
    public void A_mistake_in_a_script_is_named(string text, string expected)
        => Assert.Contains(expected, Assert.Throws<ManifestException>(() => ScriptFile.Parse(text, "s.yaml")).Message);
}
