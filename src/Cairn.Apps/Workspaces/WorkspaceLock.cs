using System.Globalization;

namespace Cairn.Apps;

/// <summary>
/// The operating system's lock that makes one process the writer of a workspace; it falls with the process, however that ends.
/// </summary>
public sealed class WorkspaceLock : IDisposable
{
    private readonly FileStream _file;

    private WorkspaceLock(FileStream file) => _file = file;

    /// <returns>null when another process holds it.</returns>
    public static WorkspaceLock? TryTake(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.EnsureState();
        FileStream file;
        try
        {
            file = new FileStream(workspace.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(workspace.LockPath))
        {
            return null;
        }
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new(file);
    }

    /// <summary>The process that holds the lock, as it wrote it; null when that can't be read.</summary>
    public static int? Holder(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        try
        {
            using var file = new FileStream(workspace.LockPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return int.TryParse(reader.ReadToEnd(), CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
