using System.Diagnostics;
using System.Globalization;

namespace Cairn.Bench;

/// <summary>One child of the suite.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _key;

    private GatewayProcess(Process process, int port, string key) => (_process, Port, _key) = (process, port, key);

    public int Port { get; }

    public double ResidentMegabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return int.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024.0;
        }
    }

    /// <summary>Of both cores, since it began: says what a call costs also on a machine that does other things.</summary>
    public TimeSpan Processor => LinuxClock.ProcessorOf(_process.Id);

    public static async Task<GatewayProcess> StartAsync(string role, params int[] arguments)
    {
        string[] order = ["gateway", "--role", role, .. arguments.Select(a => a.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(Environment.ProcessPath!, order) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // As the program `cairn` runs; the same for everybody.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is { } line && line.Split(' ') is ["ready", var port, var key]
            ? new(process, int.Parse(port, CultureInfo.InvariantCulture), key)
            : throw new BenchException($"The {role} of the gateway suite did not start; its error is above.");
    }

    public GatewayTarget Target(string name)
        => new(name, Port, _key == "-" ? "" : $"Authorization: Bearer {_key}\r\n", _key == "-" ? "bench-1" : "default",
            Varies: name == "all-on");

    public Task<long> AllocatedAsync() => AskAsync("allocated");

    /// <summary>Methods compiled so far, each time that one is compiled again counted.</summary>
    public Task<long> CompiledAsync() => AskAsync("compiled");

    private async Task<long> AskAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        return long.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}
