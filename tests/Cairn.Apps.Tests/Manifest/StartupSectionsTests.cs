namespace Cairn.Apps.Tests;

public sealed class StartupSectionsTests
{
    private const string Full = """
        version: 1
        storage: sqlite
        models:
          providers: { local: { kind: openai, baseUrl: http://127.0.0.1:1/v1 } }
          routes: { default: [local/m] }
          cache: { megabytes: 64, keep: 1h }
        budgets: { spend: [{ for: everyone, day: 5 }] }
        limits: { queue: { length: 10 } }
        telemetry: { otlp: http://127.0.0.1:4318 }
        keep: { traces: 30d }
        sources: { docs: { path: ./docs, access: [{ match: 'hr/**', allow: [group:hr] }, { match: '**', allow: [everyone] }] } }
        """;

    [Theory]
    [InlineData("storage: sqlite", "storage: ${env:DATABASE}", "storage")]
    [InlineData("megabytes: 64", "megabytes: 65", "models.cache")]
    [InlineData("day: 5", "day: 6", "budgets")]
    [InlineData("length: 10", "length: 11", "limits")]
    [InlineData("4318", "4319", "telemetry")]
    [InlineData("traces: 30d", "traces: 31d", "keep")]
    [InlineData("allow: [everyone]", "allow: [group:hr]", "sources")]
    [InlineData("sources:", "# sources:", "sources")]
    [InlineData("127.0.0.1:1/v1", "127.0.0.1:2/v1", null)]
    [InlineData("[local/m]", "[local/m, local/n]", null)]
    [InlineData("keep: { traces: 30d }", "keep:\n  traces: '30d'   # as long as before", null)]
    public void A_section_is_named_when_it_says_something_else_and_not_when_only_its_layout_differs(
        string before, string after, string? section)
    {
        Assert.Contains(before, Full, StringComparison.Ordinal);
        var changed = Full.Replace(before, after, StringComparison.Ordinal);
        string[] expected = section is null ? [] : [section];
        Assert.Equal(expected, Read(Full).StartupDifferences(Read(changed)));
        Assert.Equal(expected, Read(changed).StartupDifferences(Read(Full)));
    }

    [Fact]
    public void The_order_of_rules_counts_and_the_order_of_fields_does_not()
    {
        const string Hr = "{ match: 'hr/**', allow: [group:hr] }";
        const string All = "{ match: '**', allow: [everyone] }";
        Assert.Equal(["sources"], Read(Full).StartupDifferences(
            Read(Full.Replace($"{Hr}, {All}", $"{All}, {Hr}", StringComparison.Ordinal))));
        Assert.Empty(Read(Full).StartupDifferences(
            Read(Full.Replace(All, "{ allow: [everyone], match: '**' }", StringComparison.Ordinal))));
    }

    private static WorkspaceFile Read(string text) => WorkspaceFile.Parse(text, "/workspace");
}
