namespace Cairn.Server;

/// <summary>Who serves this workspace, and which version of the API it speaks.</summary>
internal sealed record VersionResponse
{
    public required string Version { get; init; }

    public required int Protocol { get; init; }

    /// <summary>The workspace's folder, for callers who operate it.</summary>
    public string? Workspace { get; init; }

    /// <summary>For callers who operate it.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Address of the web interface; null when only the socket listens.</summary>
    public string? Url { get; init; }
}
