namespace Cairn.Sandbox;

public interface ISandboxedProcess : IAsyncDisposable
{
    Stream StandardInput { get; }

    /// <summary>Ends early, with the outcome <see cref="SandboxOutcome.TooMuchOutput"/>, past the limit.</summary>
    Stream StandardOutput { get; }

    /// <summary>The last 8 kB of standard error, for messages.</summary>
    string ErrorTail { get; }

    Task<(SandboxOutcome Outcome, int ExitCode)> WaitAsync(CancellationToken cancellationToken);
}
