namespace Cairn.EndToEnd.Tests;

public sealed class IngestTests
{
    [Fact]
    public async Task Counts_say_what_happened_and_a_rename_keeps_the_document()
    {
        using var workspace = new SampleWorkspace();
        workspace.Write("papers/a.md", "# Alpha\n\nThe alpha valve opens at nine bar.\n");
        workspace.Write("papers/b.md", "# Beta\n\nThe beta pump needs forty litres.\n");
        var first = await CommandJson.OfAsync(workspace, "ingest", "papers", "--source", "papers", "--allow", "everyone");
        Assert.Equal((2, 0, 0, 0, 0), Counts(first));
        Assert.Equal("papers", first.GetProperty("source").GetString());
        var before = await DocumentOf(workspace, "beta pump litres");

        File.Move(Path.Combine(workspace.Root, "papers/b.md"), Path.Combine(workspace.Root, "papers/renamed.md"));
        workspace.Write("papers/a.md", "# Alpha\n\nThe alpha valve opens at eleven bar.\n");
        workspace.Write("papers/c.md", "# Gamma\n\nThe gamma lamp is green.\n");
        var second = await CommandJson.OfAsync(workspace, "ingest", "papers", "--source", "papers", "--allow", "everyone");
        Assert.Equal((1, 2, 0, 0, 0), Counts(second));
        Assert.Equal(before, await DocumentOf(workspace, "beta pump litres"));

        File.Delete(Path.Combine(workspace.Root, "papers/c.md"));
        var third = await CommandJson.OfAsync(workspace, "ingest", "papers", "--source", "papers", "--allow", "everyone");
        Assert.Equal((0, 0, 2, 1, 0), Counts(third));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_with_its_reason_and_stops_nothing()
    {
        using var workspace = new SampleWorkspace();
        workspace.Write("papers/good.md", "# Good\n\nThis one can be read.\n");
        workspace.Write("papers/empty.pdf", "");
        File.WriteAllBytes(Path.Combine(workspace.Root, "papers/binary.txt"), [0, 1, 2, 3, 0, 255, 254, 0, 7, 0, 0, 9]);
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ingest", "papers", "--source", "papers", "--json");
        Assert.Equal(1, result.ExitCode);
        var report = CommandJson.Parse(result.Output);
        Assert.Equal((1, 0, 0, 0, 2), Counts(report));
        var failures = report.GetProperty("failures").EnumerateArray()
            .ToDictionary(f => f.GetProperty("path").GetString()!, f => f.GetProperty("reason").GetString()!);
        Assert.Contains(failures, f => f.Key.EndsWith("empty.pdf", StringComparison.Ordinal) && f.Value.Length > 10);
        Assert.Contains(failures, f => f.Key.EndsWith("binary.txt", StringComparison.Ordinal) && f.Value.Length > 10);
    }

    [Fact]
    public async Task A_group_that_does_not_exist_is_warned_of_with_the_ones_that_do()
    {
        using var workspace = new SampleWorkspace();
        workspace.Write("papers/good.md", "# Good\n\nThis one can be read.\n");
        await CairnCommandLine.RunAsync(workspace.Root, "user", "add", "ann", "--group", "legal");
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ingest", "papers", "--source", "papers", "--allow",
            "group:legl,group:legal", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal((1, 0, 0, 0, 0), Counts(CommandJson.Parse(result.Output)));
        Assert.Contains("Warning: There is no group legl yet", result.Error, StringComparison.Ordinal);
        Assert.Contains("Groups: legal.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no group legal", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_an_input_error()
    {
        using var workspace = new SampleWorkspace();
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ingest", "no-such-folder");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no-such-folder", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_allow_and_without_rules_only_the_owner_reads()
    {
        using var workspace = new SampleWorkspace();
        workspace.Write("papers/private.md", "# Private\n\nThe vault code is kept by the zebra.\n");
        await CommandJson.OfAsync(workspace, "ingest", "papers", "--source", "papers");
        await CommandJson.OfAsync(workspace, "user", "add", "ann");
        Assert.NotEqual(0, (await CommandJson.OfAsync(workspace, "search", "zebra vault")).GetProperty("passages").GetArrayLength());
        Assert.Equal(0, (await CommandJson.OfAsync(workspace, "search", "zebra vault", "--as", "ann")).GetProperty("passages")
            .GetArrayLength());
    }

    [Fact]
    public async Task A_command_that_makes_an_altered_index_again_says_no_more_than_its_result()
    {
        using var workspace = new SampleWorkspace();
        var before = await CairnCommandLine.RunAsync(workspace.Root, "search", "crane");
        foreach (var file in Directory.GetFiles(Path.Combine(workspace.Root, ".cairn", "index")))
            File.WriteAllText(file, "altered");
        var after = await CairnCommandLine.RunAsync(workspace.Root, "search", "crane");
        Assert.Equal((0, before.Output, ""), (after.ExitCode, after.Output, after.Error));
    }

    [Fact]
    public async Task Deleting_the_index_costs_a_rebuild_and_nothing_else()
    {
        using var workspace = new SampleWorkspace();
        var before = await CommandJson.OfAsync(workspace, "search", "gantry crane brakes");
        Directory.Delete(Path.Combine(workspace.Root, ".cairn", "index"), recursive: true);
        var after = await CommandJson.OfAsync(workspace, "search", "gantry crane brakes");
        Assert.Equal(before.GetProperty("passages").GetRawText(), after.GetProperty("passages").GetRawText());
    }

    private static (int Added, int Updated, int Unchanged, int Removed, int Failed) Counts(System.Text.Json.JsonElement report)
    {
        var counts = report.GetProperty("documents");
        return (counts.GetProperty("added").GetInt32(), counts.GetProperty("updated").GetInt32(),
            counts.GetProperty("unchanged").GetInt32(),
            counts.GetProperty("removed").GetInt32(), counts.GetProperty("failed").GetInt32());
    }

    private static async Task<string> DocumentOf(SampleWorkspace workspace, string query)
        => (await CommandJson.OfAsync(workspace, "search", query)).GetProperty("passages")[0].GetProperty("document").GetString()!;
}
