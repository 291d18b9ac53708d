namespace Cairn.EndToEnd.Tests;

/// <summary>What a caller may not see does not exist for them.</summary>
public sealed class RightsTests
{
    private const string Secret = "What does a crane operator earn in a year?";

    [Fact]
    public async Task As_a_user_without_the_group_the_secret_is_missing_and_with_it_it_is_answered()
    {
        using var workspace = new SampleWorkspace();
        await CommandJson.OfAsync(workspace, "user", "add", "ann");
        await CommandJson.OfAsync(workspace, "user", "add", "priya", "--group", "hr");
        var ann = await CommandJson.OfAsync(workspace, "ask", Secret, "--as", "ann");
        var priya = await CommandJson.OfAsync(workspace, "ask", Secret, "--as", "priya");
        Assert.DoesNotContain("52,000", ann.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("salaries", ann.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("52,000", priya.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_as_a_user_counts_only_what_they_may_see()
    {
        using var workspace = new SampleWorkspace();
        await CommandJson.OfAsync(workspace, "user", "add", "ann");
        var all = await CommandJson.OfAsync(workspace, "search", "crane operator year");
        var hers = await CommandJson.OfAsync(workspace, "search", "crane operator year", "--as", "ann");
        Assert.Contains(all.GetProperty("passages").EnumerateArray(), p => p.GetProperty("path").GetString() == "hr/salaries.md");
        Assert.DoesNotContain(hers.GetProperty("passages").EnumerateArray(), p => p.GetProperty("path").GetString() == "hr/salaries.md");
    }

    [Fact]
    public async Task As_an_unknown_user_nothing_is_read()
    {
        using var workspace = new SampleWorkspace();
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ask", Secret, "--as", "nobody");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("nobody", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_has_its_users_rights_over_http_until_it_is_revoked()
    {
        using var workspace = new SampleWorkspace();
        await CommandJson.OfAsync(workspace, "user", "add", "ann");
        await CommandJson.OfAsync(workspace, "search", "crane");
        var key = await CommandJson.OfAsync(workspace, "key", "create", "--user", "ann");
        await using var server = await RunningServer.StartAsync(workspace.Root);
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/search?q=crane")).StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Bearer", key.GetProperty("key").GetString());
        var found = await http.GetStringAsync("/api/v1/search?q=crane+operator");
        Assert.Contains("cranes.txt", found, StringComparison.Ordinal);
        Assert.DoesNotContain("salaries", found, StringComparison.Ordinal);
        await CommandJson.OfAsync(workspace, "key", "revoke", key.GetProperty("id").GetString()!);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/search?q=crane")).StatusCode);
    }
}
