using System.Runtime.CompilerServices;

namespace Cairn.Server.Tests;

public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task The_committed_description_is_what_the_server_says()
    {
        await using var server = await TestServer.StartAsync();
        var described = (await server.Owner.GetStringAsync("/api/v1/openapi.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var committed = Committed();
        var fresh = Path.Combine(AppContext.BaseDirectory, "openapi.json");
        await File.WriteAllTextAsync(fresh, described, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(committed) && await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken) == described,
            $"docs/openapi.json is not what the server describes. Look at the difference, and if it is meant:\n  cp {fresh} {committed}");
    }

    [Fact]
    public async Task Every_operation_says_what_it_does()
    {
        await using var server = await TestServer.StartAsync();
        var description = await TestServer.GetAsync(server.Owner, "/api/v1/openapi.json");

        foreach (var path in description.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
                Assert.True(operation.Value.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 3,
                    $"{operation.Name} {path.Name} has no summary");
        }
    }

    private static string Committed([CallerFilePath] string here = "")
        => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "openapi.json");
}
