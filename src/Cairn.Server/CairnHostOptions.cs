namespace Cairn.Server;

/// <summary>How to host a workspace.</summary>
public sealed record CairnHostOptions
{
    /// <summary>Absolute path of the folder that holds <c>cairn.yaml</c>.</summary>
    public required string Workspace { get; init; }

    /// <summary>The owner-only Unix socket to listen on; always set.</summary>
    public required string Socket { get; init; }

    /// <summary>TCP port; null: the socket only (a command that found no server hosts the same code this way).</summary>
    public int? Port { get; init; }

    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Allows a host that is not loopback without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>Ingest declared sources at start and watch them (what <c>up</c> does).</summary>
    public bool WatchSources { get; init; }
}
