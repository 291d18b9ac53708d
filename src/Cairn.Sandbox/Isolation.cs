namespace Cairn.Sandbox;

/// <summary>What keeps a program from the rest of the machine, strongest first.</summary>
internal enum Isolation
{
    /// <summary>Own namespaces for files, processes and network; nothing to see but what is listed; limits on memory.</summary>
    Bubblewrap,

    /// <summary>Own namespaces for processes and network, but the file system as it is; limits on memory.</summary>
    Unshare,

    /// <summary>Limits on memory, nothing else.</summary>
    LimitsOnly,
}
