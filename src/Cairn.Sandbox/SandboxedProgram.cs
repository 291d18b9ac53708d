using System.Collections.Immutable;

namespace Cairn.Sandbox;

/// <summary>A program to run without network, with an empty environment and nothing of the file system but what is listed.</summary>
public sealed record SandboxedProgram
{
    /// <summary>Absolute path, or a name found on the system's PATH.</summary>
    public required string FileName { get; init; }

    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Files and folders it may read, at the same paths, beside the system's own libraries.</summary>
    public ImmutableArray<string> Readable { get; init; } = [];

    public SandboxLimits Limits { get; init; } = new();

    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;
}
