using System.ComponentModel;
using System.Diagnostics;

namespace Cairn.Sandbox;

/// <summary>Runs programs as processes of their own, with the strongest isolation that works here.</summary>
internal sealed class ProcessSandbox(TimeProvider time, Isolation? isolation = null) : ISandbox
{
    private readonly Lazy<Isolation> _isolation = new(() => isolation ?? IsolationProbe.Find());

    public string Isolation => _isolation.Value switch
    {
        Cairn.Sandbox.Isolation.Bubblewrap => "bubblewrap",
        Cairn.Sandbox.Isolation.Unshare => "unshare",
        _ => "limits only",
    };

    public async Task<ISandboxedProcess> StartAsync(SandboxedProgram program, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(program);
        var command = IsolatedCommand.For(_isolation.Value, program) ?? throw Missing(program.FileName, null);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in IsolatedCommand.Environment(program))
            start.Environment[name] = value;
        try
        {
            return new SandboxedProcess(await LaunchThread.StartAsync(start, cancellationToken), program.Limits, time);
        }
        catch (Win32Exception e)
        {
            throw Missing(program.FileName, e);
        }
    }

    private static CairnException Missing(string program, Exception? inner)
        => new(ErrorKind.Environment, "sandbox.program_missing", $"The program {program} cannot be started: it is not installed.",
            $"Install {Path.GetFileName(program)}.", inner);
}
