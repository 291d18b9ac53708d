namespace Cairn.EndToEnd.Tests;

/// <summary>One process writes a workspace.</summary>
public sealed class LockTests
{
    [Fact]
    public async Task A_second_up_on_the_workspace_says_where_the_first_one_is()
    {
        using var workspace = new SampleWorkspace();
        await using var first = await RunningServer.StartAsync(workspace.Root);
        var second = await CairnCommandLine.RunAsync(workspace.Root, "up", "--port", "0");
        Assert.Equal(3, second.ExitCode);
        Assert.Contains(first.Address.ToString(), second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_option_that_mends_it()
    {
        using var workspace = new SampleWorkspace();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var result = await CairnCommandLine.RunAsync(workspace.Root, "up", "--port", port);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(port, result.Error, StringComparison.Ordinal);
        Assert.Contains("--port", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_kill_the_workspace_can_be_served_again()
    {
        using var workspace = new SampleWorkspace();
        await using (var first = await RunningServer.StartAsync(workspace.Root))
            await first.KillAsync();
        await using var second = await RunningServer.StartAsync(workspace.Root);
        Assert.NotNull(second.Address);
    }

    [Fact]
    public async Task A_host_beyond_this_machine_needs_tls_or_an_explicit_insecure()
    {
        using var workspace = new SampleWorkspace();
        var result = await CairnCommandLine.RunAsync(workspace.Root, "up", "--host", "0.0.0.0", "--port", "0");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("--insecure", result.Error, StringComparison.Ordinal);
    }
}
