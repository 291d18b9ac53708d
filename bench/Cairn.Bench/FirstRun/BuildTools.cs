using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// The environment in which a clone is built as on a machine that has built nothing yet: its own MSBuild nodes and compiler server, so that
/// none is warm, none of another build is used, and what they take can be summed and stopped.
/// </summary>
internal sealed class BuildTools : IDisposable
{
    private readonly string _mark;

    public BuildTools(string folder)
    {
        _mark = folder;
        Environment = new Dictionary<string, string>
        {
            ["CAIRN_FIRSTRUN"] = folder,
            ["MSBUILDNODEHANDSHAKESALT"] = folder,
            ["SharedCompilationId"] = Path.GetFileName(folder),
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["CAIRN_WORKSPACE"] = "",
        };
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>What the nodes and the compiler server that still run have used, in seconds; the build's client is not in it.</summary>
    public double ProcessorSeconds() => Running().Sum(ProcessTable.Seconds);

    public void Stop()
    {
        foreach (var id in Running())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It ended by itself meanwhile.
            }
        }
    }

    public void Dispose() => Stop();

    /// <summary>MSBuild's nodes carry our environment; the compiler server starts without it, but with our name for its pipe.</summary>
    private List<int> Running()
        => [.. ProcessTable.WithEnvironment(_mark).Where(id => ProcessTable.CommandLine(id).Contains("MSBuild.dll", StringComparison.Ordinal)),
            .. ProcessTable.All().Where(id => ProcessTable.CommandLine(id).Contains("-pipename:" + Path.GetFileName(_mark), StringComparison.Ordinal))];
}
