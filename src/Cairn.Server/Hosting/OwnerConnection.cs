namespace Cairn.Server;

/// <summary>Marks a connection that came over the workspace's socket: whoever can open it is the owner.</summary>
internal sealed class OwnerConnection
{
    public static OwnerConnection Instance { get; } = new();
}
