using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary>Runs a script of <c>bench/learning</c> with Debian's Python; the script prints one JSON object of numbers.</summary>
internal static class PythonPeer
{
    public const string Packages =
        "python3-numpy python3-pandas python3-sklearn python3-xgboost python3-torch python3-torchvision libopenblas0-pthread";

    /// <exception cref="BenchException">Python or a package is not there.</exception>
    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(string script, params object[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine("bench", "learning", script));
        foreach (var argument in arguments)
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        foreach (var name in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[name] = LearningSuite.Threads.ToString(CultureInfo.InvariantCulture);
        using var process = File.Exists(start.FileName)
            ? Process.Start(start)!
            : throw new BenchException($"The peers need Python: sudo apt-get install {Packages}");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new BenchException($"{script} ended with {process.ExitCode}; the peers need: sudo apt-get install {Packages}");
        using var figures = JsonDocument.Parse(output);
        return figures.RootElement.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetDouble());
    }
}
