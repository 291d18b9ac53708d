namespace Cairn.Server;

/// <summary>Where browsers reach this server; known once it listens.</summary>
internal sealed class ServerAddress
{
    public Uri? Value { get; set; }
}
