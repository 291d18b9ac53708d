namespace Cairn.Apps;

/// <summary>
/// A folder with <c>cairn.yaml</c>. Its state (database, blobs, keys, index, lock, socket) lies in <see cref="State"/>, which only its
/// owner can open.
/// </summary>
public sealed class Workspace
{
    public const string FileName = "cairn.yaml";

    /// <summary>Names a workspace when neither an option nor the current folder does.</summary>
    public const string Variable = "CAIRN_WORKSPACE";

    // sockaddr_un holds 108 bytes with the closing zero.
    private const int LongestSocketPath = 107;

    private Workspace(string root) => Root = root;

    /// <summary>Absolute, links resolved.</summary>
    public string Root { get; }

    public string State => Path.Combine(Root, ".cairn");

    public string LockPath => Path.Combine(State, "lock");

    /// <summary>
    /// The socket that the command line and the server meet at. A workspace too deep for a socket's name gets one in the user's
    /// runtime folder, named by a hash of the workspace's path.
    /// </summary>
    public string SocketPath
    {
        get
        {
            var inState = Path.Combine(State, "cairn.sock");
            if (System.Text.Encoding.UTF8.GetByteCount(inState) <= LongestSocketPath)
                return inState;
            var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } dir
                ? dir
                : Path.Combine(Path.GetTempPath(), "cairn-" + Environment.UserName);
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Root));
            return Path.Combine(runtime, Convert.ToHexStringLower(hash.AsSpan(0, 8)) + ".sock");
        }
    }

    /// <summary>
    /// The workspace named by <paramref name="named"/>, else by the variable, else found upward from <paramref name="current"/>.
    /// </summary>
    public static Workspace Find(string? named, string current)
    {
        var folder = named ?? Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(folder))
        {
            var full = Path.GetFullPath(folder, current);
            return File.Exists(Path.Combine(full, FileName))
                ? At(full)
                : throw new CairnException(ErrorKind.Input, "workspace.missing", $"There is no {FileName} in {full}.",
                    $"Make a workspace there: cairn init {full}");
        }
        for (var parent = new DirectoryInfo(current); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, FileName)))
                return At(parent.FullName);
        }
        throw new CairnException(ErrorKind.Input, "workspace.missing", $"There is no {FileName} in {current} or above it.",
            "Make a workspace here with `cairn init .`, or name one: --workspace DIR");
    }

    /// <summary>Makes the state folder, closed to everybody but its owner.</summary>
    public void EnsureState()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(State);
            return;
        }
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(State, OwnerOnly);
        File.SetUnixFileMode(State, OwnerOnly);
        var meeting = Path.GetDirectoryName(SocketPath)!;
        Directory.CreateDirectory(meeting, OwnerOnly);
        try
        {
            // In the folder for temporary files anybody may have made it before us; only its owner can close it.
            File.SetUnixFileMode(meeting, OwnerOnly);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CairnException(ErrorKind.Environment, "socket.folder",
                $"The folder {meeting} for the server's socket belongs to somebody else.",
                "Set XDG_RUNTIME_DIR to a folder of your own, or move the workspace to a shorter path.", e);
        }
    }

    private static Workspace At(string folder)
    {
        var info = new DirectoryInfo(folder);
        return new((info.ResolveLinkTarget(returnFinalTarget: true) ?? info).FullName);
    }
}
