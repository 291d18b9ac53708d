namespace Cairn.Sandbox;

/// <summary>What a sandboxed program may use. Time is wall-clock; memory and output are in bytes.</summary>
public sealed record SandboxLimits
{
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    public long Memory { get; init; } = 512L << 20;

    public long Output { get; init; } = 256L << 20;
}
