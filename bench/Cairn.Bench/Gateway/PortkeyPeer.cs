using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cairn.Bench;

/// <summary>
/// `@portkey-ai/gateway` 1.15.2 in Node. Its streams fail on Node 20 as installed (it changes immutable headers), so only whole replies are
/// compared.
/// </summary>
internal static class PortkeyPeer
{
    private static readonly string Folder = Path.Combine(BenchRepository.Root, "bench", "portkey");

    public static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
            return;
        using var npm = Start("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new BenchException("npm ci in bench/portkey failed; its error is above.");
    }

    public static async Task<RunningPortkey> StartAsync(int upstream)
    {
        var port = FreePort();
        var process = Start("node", "node_modules/@portkey-ai/gateway/build/start-server.js", $"--port={port}", "--headless");
        for (var tries = 0; tries < 200; tries++)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return new(process, new("portkey", port,
                    $"x-portkey-provider: openai\r\nx-portkey-custom-host: http://127.0.0.1:{upstream}/v1\r\nAuthorization: Bearer none\r\n", "bench-1", Varies: false));
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
        process.Kill();
        throw new BenchException("Portkey did not start within 10 s.");
    }

    private static Process Start(string program, params string[] arguments)
    {
        try
        {
            var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
            })!;
            _ = process.StandardOutput.ReadToEndAsync();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"{program} is not installed ({e.Message}); on Debian: apt-get install nodejs npm.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
