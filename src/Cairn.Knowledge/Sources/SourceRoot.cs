namespace Cairn.Knowledge;

/// <summary>
/// A folder of a source (absolute, symbolic links resolved) and what its documents' paths begin with: empty for the first folder,
/// <c>name/</c> for another one that was ingested into the same undeclared source.
/// </summary>
internal sealed record SourceRoot(string Folder, string Prefix)
{
    /// <summary>True when the path is this folder or lies below it.</summary>
    public bool Holds(string absolute)
        => absolute == Folder
           || (absolute.StartsWith(Folder, StringComparison.Ordinal)
               && (Folder.EndsWith('/') || absolute[Folder.Length] == Path.DirectorySeparatorChar));

    /// <summary>The document path of a file below this folder; the prefix alone for the folder itself.</summary>
    public string PathOf(string absolute)
        => absolute == Folder
            ? Prefix
            : Prefix + absolute[Folder.Length..].TrimStart(Path.DirectorySeparatorChar).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Where the file of a document path of this root stands.</summary>
    public string FileOf(string path) => Path.Join(Folder, path[Prefix.Length..].Replace('/', Path.DirectorySeparatorChar));
}
