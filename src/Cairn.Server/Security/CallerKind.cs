namespace Cairn.Server;

/// <summary>How a caller proved who they are.</summary>
internal enum CallerKind
{
    Visitor,

    /// <summary>Over the workspace's socket.</summary>
    Socket,

    /// <summary>By an API key.</summary>
    Key,

    /// <summary>By the cookie of a sign-in.</summary>
    Session,
}
