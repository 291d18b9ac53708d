using System.Diagnostics;
using System.Globalization;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// The built command as the leader of its own process group, so that it dies with everything it started, as in a crash of the machine.
/// </summary>
internal sealed class ProcessGroup : IDisposable
{
    private readonly Process _leader;

    private ProcessGroup(Process leader) => _leader = leader;

    public static ProcessGroup Start(string folder, params string[] arguments)
    {
        var process = CairnCommandLine.Start(folder, arguments, leader: true);
        // Its pipes are emptied, or it would wait for us to read.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ProcessGroup(process);
    }

    /// <returns>True when it ended by itself before the time was over; else it was killed.</returns>
    public async Task<bool> KillAfterAsync(TimeSpan delay)
    {
        using var moment = new CancellationTokenSource(delay);
        try
        {
            await _leader.WaitForExitAsync(moment.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            using (var kill = Process.Start("kill", ["-KILL", "--", (-_leader.Id).ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            await _leader.WaitForExitAsync();
            return false;
        }
    }

    public void Dispose() => _leader.Dispose();
}
