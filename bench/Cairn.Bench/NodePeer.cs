using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>A folder under <c>bench/</c> with a Node package and its lock file.</summary>
internal sealed class NodePeer(string name)
{
    private readonly string _folder = Path.Combine(BenchRepository.Root, "bench", name);

    public async Task InstallAsync()
    {
        if (!Directory.Exists(Path.Combine(_folder, "node_modules")))
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    /// <returns>Its standard output.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
            })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? output
                : throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"{program} is not installed ({e.Message}); on Debian: apt-get install nodejs npm.");
        }
    }
}
