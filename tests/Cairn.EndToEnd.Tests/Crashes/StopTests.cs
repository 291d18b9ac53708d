using System.Diagnostics;
using System.Globalization;

namespace Cairn.EndToEnd.Tests;

/// <summary>A stop is quick and leaves nothing behind, also in the middle of reading.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task Up_ends_with_0_on_a_signal_and_its_parsers_end_with_it(string signal)
    {
        using var workspace = CrashWorkspace.Make(5);
        await using var server = await RunningServer.StartAsync(workspace.Root);
        var (code, children) = await server.SignalAsync(signal, Soon);
        Assert.Equal(0, code);
        foreach (var child in children)
            Assert.False(Directory.Exists("/proc/" + child.ToString(CultureInfo.InvariantCulture)), $"process {child} is still there");
        Assert.False(File.Exists(Path.Combine(workspace.Root, ".cairn", "cairn.sock")));
        var again = await CommandJson.OfAsync(workspace, "ingest", "papers", "--source", "docs");
        Assert.Equal(0, again.GetProperty("documents").GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task At_rest_up_uses_next_to_no_processor_time()
    {
        using var workspace = CrashWorkspace.Make(6);
        await CommandJson.OfAsync(workspace, "ingest", "papers", "--source", "docs");
        await using var server = await RunningServer.StartAsync(workspace.Root);
        using var process = Process.GetProcessById(server.ProcessId);
        // Rest is a span of time by nature. Start-up work takes longer where other programs want the processor too, so one of several spans
        // has to be quiet.
        var spans = new List<double>();
        do
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
            process.Refresh();
            spans.Add((process.TotalProcessorTime - before).TotalMilliseconds);
        }
        while (spans[^1] > 150 && spans.Count < 8);
        Assert.True(spans[^1] <= 150, $"milliseconds in spans of three seconds: {string.Join(", ", spans)}");
    }
}
