using System.Diagnostics;

namespace Cairn.Sandbox;

/// <summary>Tries what works here: a kernel or a container may forbid namespaces although the programs are installed.</summary>
internal static class IsolationProbe
{
    private const int PatienceMilliseconds = 5000;

    public static Isolation Find()
    {
        foreach (var isolation in (Isolation[])[Isolation.Bubblewrap, Isolation.Unshare])
        {
            if (Works(isolation))
                return isolation;
        }
        return Isolation.LimitsOnly;
    }

    public static bool Works(Isolation isolation)
    {
        var command = IsolatedCommand.For(isolation, new SandboxedProgram { FileName = "true" });
        if (command is null)
            return false;
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        });
        if (process is null || !process.WaitForExit(PatienceMilliseconds))
        {
            process?.Kill(entireProcessTree: true);
            return false;
        }
        return process.ExitCode == 0;
    }
}
