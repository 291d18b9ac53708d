using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.Server;

/// <summary>
/// How to host a workspace. Everything is here: the host reads no settings file, and of the environment what the workspace's files refer to
/// and OpenTelemetry's variables.
/// </summary>
public sealed record CairnHostOptions
{
    /// <summary>Absolute path of the folder that holds <c>cairn.yaml</c>.</summary>
    public required string Workspace { get; init; }

    /// <summary>The owner-only Unix socket to listen on; always set.</summary>
    public required string Socket { get; init; }

    /// <summary>TCP port; 0: any free one; null: the socket only (a command that found no server hosts the same code this way).</summary>
    public int? Port { get; init; }

    /// <summary>An IP address or <c>localhost</c>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Allows a host that is not loopback without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>PEM files of a certificate and its key; with them the port speaks HTTPS.</summary>
    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    /// <summary>Host names under which browsers may call, beside <c>localhost</c>, addresses and this machine's own name.</summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];

    /// <summary>Ingest declared sources at start and watch them (what <c>up</c> does).</summary>
    public bool WatchSources { get; init; }

    /// <summary>The kinds of model providers that <c>cairn.yaml</c> may declare; add your own to those that ship.</summary>
    public ImmutableArray<IProviderKind> ProviderKinds { get; init; } = Cairn.Models.ProviderKinds.BuiltIn;

    /// <summary>Log information to standard error, not only warnings.</summary>
    public bool Verbose { get; init; }

    /// <summary>Largest upload in bytes.</summary>
    public long MaxUpload { get; init; } = 100L << 20;
}
