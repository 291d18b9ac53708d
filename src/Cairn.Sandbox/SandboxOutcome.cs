namespace Cairn.Sandbox;

/// <summary>How a sandboxed program ended.</summary>
public enum SandboxOutcome
{
    Exited,
    OutOfTime,
    OutOfMemory,
    TooMuchOutput,
    Killed,
}
