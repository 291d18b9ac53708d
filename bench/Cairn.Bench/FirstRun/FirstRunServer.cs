using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary><c>./cairn up</c> in a clone; the launcher replaces itself by the server, so their process is one.</summary>
internal sealed class FirstRunServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly Task<string> _error;

    private FirstRunServer(Process process, HttpClient http, Task<string> error)
    {
        _process = process;
        _http = http;
        _error = error;
    }

    public static async Task<FirstRunServer> StartAsync(string clone, IReadOnlyDictionary<string, string> environment, int port)
    {
        var start = new ProcessStartInfo(Path.Combine(clone, "cairn"), ["up", "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = clone,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var ready = await process.StandardOutput.ReadLineAsync();
        if (ready is null || !ready.StartsWith("Cairn is ready:", StringComparison.Ordinal))
            throw new BenchException($"./cairn up did not become ready: {ready}{await error}");
        return new FirstRunServer(process, Client(Path.Combine(clone, ".cairn", "cairn.sock")), error);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Until every declared source has been read once.</summary>
    public async Task WaitForSourcesAsync()
    {
        while (true)
        {
            using var document = JsonDocument.Parse(await _http.GetStringAsync("sources"));
            if (document.RootElement.GetProperty("sources").EnumerateArray()
                .All(s => s.TryGetProperty("lastIngested", out var at) && at.ValueKind == JsonValueKind.String))
                return;
            if (_process.HasExited)
                throw new BenchException($"./cairn up ended: {await _error}");
            await Task.Delay(50);
        }
    }

    public async Task<JsonElement> AskAsync(string question)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new Dictionary<string, string> { ["question"] = question }),
            Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync("apps/assistant/ask", body);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new BenchException($"The first question failed: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Memory of the process without the index's mapped files, which the system may drop.</summary>
    public long ResidentBytes() => ProcessTable.ResidentBytes(_process.Id, "/.cairn/index/");

    public double ProcessorSeconds() => ProcessTable.Seconds(_process.Id);

    /// <returns>How long the process took to end after SIGTERM.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        var clock = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static HttpClient Client(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost/api/v1/") };
    }
}
