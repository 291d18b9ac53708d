using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// The environment in which a clone is built: its own MSBuild nodes, so that none of another build is used and they can be stopped. The
/// compiler server is the user's, and may be warm.
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
            ["CAIRN_WORKSPACE"] = "",
        };
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

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

    private List<int> Running()
        => [.. ProcessTable.WithEnvironment(_mark)
            .Where(id => ProcessTable.CommandLine(id).Contains("MSBuild.dll", StringComparison.Ordinal))];
}
