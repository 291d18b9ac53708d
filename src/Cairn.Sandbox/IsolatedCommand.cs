using System.Globalization;

namespace Cairn.Sandbox;

/// <summary>The command line that runs a program isolated and limited.</summary>
internal static class IsolatedCommand
{
    /// <summary>Kernel user that owns nothing.</summary>
    private const string Nobody = "65534";

    /// <returns>Null when a program that the isolation needs is missing.</returns>
    public static List<string>? For(Isolation isolation, SandboxedProgram program)
    {
        if (ProgramPath.Find(program.FileName) is not { } executable)
            return null;
        var command = Limits(program.Limits);
        if (isolation == Isolation.Bubblewrap)
        {
            if (ProgramPath.Find("bwrap") is not { } bwrap)
                return null;
            command.Add(bwrap);
            command.AddRange(Walls(program));
        }
        else if (isolation == Isolation.Unshare)
        {
            if (ProgramPath.Find("unshare") is not { } unshare)
                return null;
            command.AddRange([unshare, "--user", "--map-root-user", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child",
                "--mount-proc", "--"]);
        }
        if (isolation != Isolation.Bubblewrap && ProgramPath.Find("setpriv") is { } setpriv)
            command.AddRange([setpriv, "--no-new-privs", "--pdeathsig", "KILL", "--"]);
        command.Add(executable);
        command.AddRange(program.Arguments);
        return command;
    }

    /// <summary>
    /// Data segments count what a process could write to, also where it only reserved address space before (as .NET does).
    /// </summary>
    private static List<string> Limits(SandboxLimits limits)
        => ProgramPath.Find("prlimit") is { } prlimit
            ? [prlimit, "--data=" + Number(limits.Memory), "--fsize=" + Number(Math.Max(limits.Memory, 1 << 20)), "--core=0",
                "--nofile=512", "--"]
            : [];

    private static List<string> Walls(SandboxedProgram program)
    {
        List<string> walls =
        [
            "--unshare-all", "--die-with-parent", "--new-session", "--uid", Nobody, "--gid", Nobody, "--cap-drop", "ALL", "--hostname",
            "sandbox", "--clearenv",
            "--ro-bind", "/usr", "/usr",
        ];
        foreach (var folder in (string[])["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"])
        {
            if (new DirectoryInfo(folder) is { Exists: true } info)
                walls.AddRange(info.LinkTarget is { } target ? ["--symlink", target, folder] : ["--ro-bind", folder, folder]);
        }
        foreach (var file in (string[])["/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/var/cache/fontconfig"])
            walls.AddRange(["--ro-bind-try", file, file]);
        walls.AddRange(["--proc", "/proc", "--dev", "/dev", "--size", Number(program.Limits.Memory), "--tmpfs", "/tmp"]);
        foreach (var path in program.Readable)
            walls.AddRange(["--ro-bind", path, path]);
        foreach (var (name, value) in Environment(program))
            walls.AddRange(["--setenv", name, value]);
        walls.AddRange(["--chdir", "/tmp", "--"]);
        return walls;
    }

    public static IEnumerable<(string Name, string Value)> Environment(SandboxedProgram program)
    {
        if (!program.Environment.ContainsKey("PATH"))
            yield return ("PATH", "/usr/bin:/bin");
        if (!program.Environment.ContainsKey("HOME"))
            yield return ("HOME", "/tmp");
        foreach (var (name, value) in program.Environment)
            yield return (name, value);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
