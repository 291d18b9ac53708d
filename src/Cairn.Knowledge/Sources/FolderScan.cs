namespace Cairn.Knowledge;

/// <summary>
/// Walks the asked-for files and folders of a source and streams what it meets; memory holds the folders on the way and the names of one
/// of them. Names that begin with a dot are left out, and so is what the source's patterns leave out; everything else is either a file to
/// read or a failure with its reason.
/// </summary>
internal sealed class FolderScan(SourceDefinition source)
{
    public const string LeadsOutside = "The link leads outside the source's folder, so it is not followed.";

    private readonly Glob[] _include = [.. source.Include.Select(g => new Glob(g))];
    private readonly Glob[] _exclude = [.. source.Exclude.Select(g => new Glob(g))];
    private readonly List<ScannedFolder> _failures = [];

    /// <summary>Folders that could not be entered; whole when the files have been enumerated.</summary>
    public IReadOnlyList<ScannedFolder> Failures => _failures;

    /// <param name="paths">Absolute, links resolved, each inside a root of the source.</param>
    public IEnumerable<ScannedFile> Files(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var root = source.RootOf(path) ?? throw new InvalidOperationException("The path is outside the source.");
            if (Directory.Exists(path))
            {
                foreach (var file in Below(path, root, [path]))
                    yield return file;
            }
            else if (Includes(root, root.PathOf(path)) && Meet(new FileInfo(path), root.PathOf(path), root) is { } file)
            {
                yield return file;
            }
        }
    }

    /// <summary>True when the source's patterns let the document path in, and no name on the way is hidden.</summary>
    public bool Includes(SourceRoot root, string path)
    {
        var relative = path[root.Prefix.Length..];
        if (relative.StartsWith('.') || relative.Contains("/.", StringComparison.Ordinal))
            return false;
        return (_include.Length == 0 || _include.Any(g => g.Matches(relative))) && !_exclude.Any(g => g.Matches(relative));
    }

    private bool ExcludesFolder(SourceRoot root, string path)
        => _exclude.Any(g => g.Pattern.EndsWith("/**", StringComparison.Ordinal) && g.Matches(path[root.Prefix.Length..] + "/"));

    private IEnumerable<ScannedFile> Below(string folder, SourceRoot scope, IReadOnlyList<string> realFolders)
    {
        foreach (var entry in Entries(folder))
        {
            var root = source.RootOf(entry.FullName) ?? scope;
            if (entry.Name.StartsWith('.'))
                continue;
            if (entry is FileInfo found)
            {
                var path = root.PathOf(entry.FullName);
                if (Includes(root, path) && Meet(found, path, root) is { } file)
                    yield return file;
                continue;
            }
            if (ExcludesFolder(root, root.PathOf(entry.FullName)) || Enter(entry, root, realFolders) is not { } real)
                continue;
            foreach (var file in Below(entry.FullName, root, [.. realFolders, real]))
                yield return file;
        }
    }

    /// <summary>In order of names, so that a run can be repeated; attributes are read with the listing.</summary>
    private FileSystemInfo[] Entries(string folder)
    {
        try
        {
            var entries = new DirectoryInfo(folder)
                .GetFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false });
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            Fail(folder, e is UnauthorizedAccessException
                ? "Permission to read the folder is denied."
                : $"The folder cannot be listed: {e.Message}", true);
            return [];
        }
    }

    /// <returns>The folder's real path; null when it must not be entered.</returns>
    private string? Enter(FileSystemInfo folder, SourceRoot root, IReadOnlyList<string> realFolders)
    {
        if (folder.Name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Fail(folder.FullName, "The folder's name is not valid UTF-8; rename it.", true);
            return null;
        }
        if (folder.LinkTarget is null)
            return Path.Join(realFolders[^1], folder.Name);
        var real = RealPath.Of(folder.FullName);
        if (real is null)
            Fail(folder.FullName, "The link leads nowhere.", false);
        else if (!root.Holds(real))
            Fail(folder.FullName, LeadsOutside, false);
        else if (!realFolders.Contains(real))
            return real;
        return null;
    }

    private ScannedFile? Meet(FileInfo file, string path, SourceRoot root)
    {
        var met = new ScannedFile { Path = path, File = file.FullName, Root = root.Folder };
        if (path.Contains('\uFFFD', StringComparison.Ordinal))
            return met with { Failure = "The file's name is not valid UTF-8; rename it." };
        if (source.RootOfPath(path) is { } claimed && claimed != root)
            return met with { Failure =
                $"The path is taken by the folder {claimed.Folder} of the same source; ingest one of them into a source of its own." };
        try
        {
            // What a listing says of a file is already there; asking for a link's target costs a call for each.
            if (file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.LinkTarget is not null)
            {
                if (RealPath.Of(file.FullName) is not { } real)
                    return met with { Failure = "The link leads nowhere." };
                if (!root.Holds(real))
                    return met with { Failure = LeadsOutside };
                file = new FileInfo(real);
            }
            return met with { Length = file.Length, Modified = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) };
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return met with { Failure = e is UnauthorizedAccessException ? "Permission to read the file is denied." : e.Message };
        }
    }

    private void Fail(string folder, string reason, bool unreadable)
    {
        var root = source.RootOf(folder)!;
        _failures.Add(new ScannedFolder(root.PathOf(folder).TrimEnd('/') + "/", folder, reason, unreadable));
    }
}
