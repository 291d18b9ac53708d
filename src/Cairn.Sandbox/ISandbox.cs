namespace Cairn.Sandbox;

/// <summary>Runs programs that must not be trusted, with what isolation the machine offers (see <see cref="Isolation"/>).</summary>
public interface ISandbox
{
    /// <summary>What isolates here, for <c>cairn doctor</c>: <c>bubblewrap</c>, <c>unshare</c>, or <c>limits only</c>.</summary>
    string Isolation { get; }

    /// <summary>Starts a program to talk to over its standard input and output; disposing kills it and all its children.</summary>
    Task<ISandboxedProcess> StartAsync(SandboxedProgram program, CancellationToken cancellationToken);
}
