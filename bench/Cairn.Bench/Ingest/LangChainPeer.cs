using System.Diagnostics;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary>LangChain.js 0.3: DirectoryLoader, TextLoader and its Markdown splitter, in memory, in a Node process whose start is not counted.</summary>
internal static class LangChainPeer
{
    private static readonly string Folder = Path.Combine(BenchRepository.Root, "bench", "langchain");

    public static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
            return;
        await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    public static async Task<(int Documents, int Chunks, double Seconds)> RunAsync(string folder)
    {
        using var result = JsonDocument.Parse(await RunAsync("node", "ingest.js", folder));
        return (
            result.RootElement.GetProperty("documents").GetInt32(),
            result.RootElement.GetProperty("chunks").GetInt32(),
            result.RootElement.GetProperty("seconds").GetDouble());
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output : throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"{program} is not installed ({e.Message}); on Debian: apt-get install nodejs npm.");
        }
    }
}
