namespace Cairn.EndToEnd.Tests;

public sealed class CareTests
{
    [Fact]
    public async Task Init_makes_a_workspace_that_answers()
    {
        var folder = Directory.CreateTempSubdirectory("cairn-e2e-");
        try
        {
            var made = Path.Combine(folder.FullName, "mine");
            Assert.Equal(0, (await CairnCommandLine.RunAsync(folder.FullName, "init", "mine")).ExitCode);
            Assert.Equal(2, (await CairnCommandLine.RunAsync(folder.FullName, "init", "mine")).ExitCode);
            var found = await CairnCommandLine.RunAsync(made, "search", "documents folder");
            Assert.Equal(0, found.ExitCode);
            Assert.Contains("welcome.md", found.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Doctor_names_the_library_that_stores_and_the_tools_that_parse()
    {
        using var workspace = new SampleWorkspace();
        var result = await CairnCommandLine.RunAsync(workspace.Root, "doctor", "--json");
        var report = CommandJson.Parse(result.Output).GetRawText();
        Assert.Contains("SQLite", report, StringComparison.Ordinal);
        Assert.Contains("pdftotext", report, StringComparison.Ordinal);
        Assert.Matches("database [0-9.]+ [kM]B, 0 blobs 0 kB, index", report);
        Assert.Contains("not yet run", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_field_in_the_workspace_file_is_named_with_its_line_and_the_nearest_name()
    {
        using var workspace = new SampleWorkspace(SampleWorkspace.DefaultYaml.Replace("sources:", "sorces:", StringComparison.Ordinal));
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ask", "anything");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cairn.yaml", result.Error, StringComparison.Ordinal);
        Assert.Contains("sorces", result.Error, StringComparison.Ordinal);
        Assert.Contains("sources", result.Error, StringComparison.Ordinal);
        Assert.Contains("3", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_an_environment_error_and_is_left_as_it_is()
    {
        using var workspace = new SampleWorkspace();
        await CommandJson.OfAsync(workspace, "search", "crane");
        var database = Directory.EnumerateFiles(Path.Combine(workspace.Root, ".cairn"), "*.db").Single();
        File.WriteAllText(database, new string('x', 8192));
        foreach (var beside in Directory.EnumerateFiles(Path.Combine(workspace.Root, ".cairn"), "*.db-*"))
            File.Delete(beside);
        var result = await CairnCommandLine.RunAsync(workspace.Root, "search", "crane", "--json");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("database.damaged", CommandJson.Parse(result.Output).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(new string('x', 8192), File.ReadAllText(database));
    }

    [Fact]
    public async Task The_socket_and_the_state_folder_are_the_owners_alone()
    {
        using var workspace = new SampleWorkspace();
        await using var server = await RunningServer.StartAsync(workspace.Root);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.Combine(workspace.Root, ".cairn")));
        Assert.Equal(UnixFileMode.None,
            File.GetUnixFileMode(Path.Combine(workspace.Root, ".cairn", "cairn.sock"))
                & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }
}
