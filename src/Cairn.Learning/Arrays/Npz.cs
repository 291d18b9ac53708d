using System.IO.Compression;

namespace Cairn.Learning;

/// <summary>NumPy's <c>.npz</c>: a ZIP archive of named <c>.npy</c> arrays, on streams.</summary>
public static class Npz
{
    private const string Suffix = ".npy";

    /// <summary>Writes the arrays under their names.</summary>
    public static void Write<T>(Stream stream, IEnumerable<KeyValuePair<string, NdArray<T>>> arrays, bool compressed = true)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            using var entry = archive.CreateEntry(name + Suffix, compressed ? CompressionLevel.Fastest : CompressionLevel.NoCompression)
                .Open();
            Npy.Write(entry, array);
        }
    }

    /// <summary>The names of the arrays in a (seekable) stream.</summary>
    public static IReadOnlyList<string> Names(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        return [.. archive.Entries.Where(e => e.FullName.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(e => e.FullName[..^Suffix.Length])];
    }

    /// <summary>Reads one array of a (seekable) stream by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such array; those there are are named.</exception>
    /// <exception cref="InvalidDataException">The archive or the array is damaged, or holds another element type.</exception>
    public static NdArray<T> Read<T>(Stream stream, string name)
        where T : unmanaged
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var entry = archive.GetEntry(name + Suffix)
            ?? throw new KeyNotFoundException(
                $"The archive has no array '{name}'; it has {string.Join(", ", archive.Entries.Select(e => $"'{e.FullName.Replace(Suffix, "", StringComparison.Ordinal)}'"))}.");
        using var content = entry.Open();
        return Npy.Read<T>(content);
    }
}
