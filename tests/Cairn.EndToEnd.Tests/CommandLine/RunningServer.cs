using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cairn.EndToEnd.Tests;

/// <summary><c>cairn up</c> in a folder, on a port that was free; disposing it interrupts the process as Ctrl+C does.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private RunningServer(Process process, Uri address, Uri? ownerLink, Task<string> error)
    {
        _process = process;
        _error = error;
        Address = address;
        OwnerLink = ownerLink;
    }

    public Uri Address { get; }

    public Uri? OwnerLink { get; }

    public int ProcessId => _process.Id;

    public static async Task<RunningServer> StartAsync(string folder, params string[] more)
    {
        var process = CairnCommandLine.Start(folder,
            ["up", "--port", FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture), "--json", .. more]);
        var error = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        if (line is null)
        {
            await process.WaitForExitAsync();
            throw new InvalidOperationException($"cairn up ended with {process.ExitCode}: {await error}");
        }
        using var ready = System.Text.Json.JsonDocument.Parse(line);
        var link = ready.RootElement.GetProperty("signIn").GetString();
        return new RunningServer(process, new Uri(ready.RootElement.GetProperty("url").GetString()!), link is null ? null : new Uri(link),
            error);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    /// <returns>The exit code, and the processes that ran below this one when the signal was sent.</returns>
    public async Task<(int ExitCode, IReadOnlyList<int> Children)> SignalAsync(string signal, TimeSpan patience)
    {
        var children = Below(_process.Id);
        using (var kill = Process.Start("kill", [signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        using var deadline = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, children);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var interrupt = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                throw new TimeoutException($"cairn up did not stop within 20 s of Ctrl+C: {await _error}");
            }
        }
        _process.Dispose();
    }

    private static List<int> Below(int id)
    {
        var direct = Directory.EnumerateDirectories($"/proc/{id}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        return [.. direct, .. direct.Where(child => Directory.Exists($"/proc/{child}/task")).SelectMany(Below)];
    }
}
