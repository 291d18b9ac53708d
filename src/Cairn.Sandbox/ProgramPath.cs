namespace Cairn.Sandbox;

/// <summary>Finds programs as a shell would, and in the usual folders when the PATH is empty.</summary>
public static class ProgramPath
{
    /// <returns>The absolute path, or null when there is no such program.</returns>
    public static string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Path.IsPathRooted(name))
            return File.Exists(name) ? name : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(["/usr/bin", "/bin", "/usr/sbin", "/sbin"]).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
    }
}
