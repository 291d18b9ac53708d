using System.Diagnostics;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary>ajv 8 (npm), which generates JavaScript for each schema. Formats are annotations, as in Cairn's own run.</summary>
internal static class AjvPeer
{
    private static readonly string Folder = Path.Combine(BenchRepository.Root, "bench", "ajv");

    public static async Task InstallAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    /// <summary>Nanoseconds per case, in the order given: of the parsed value, and from the text.</summary>
    public static async Task<(double Validate, double ParseAndValidate)[]> RunAsync(string cases, int milliseconds)
    {
        using var result = JsonDocument.Parse(await RunAsync("node", "validate.js", cases, milliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return [.. result.RootElement.EnumerateArray().Select(r => (r.GetProperty("validate").GetDouble(), r.GetProperty("parseAndValidate").GetDouble()))];
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
