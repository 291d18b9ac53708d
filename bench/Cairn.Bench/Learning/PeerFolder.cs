using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>A folder for what both sides of a part read, gone afterwards.</summary>
internal sealed class PeerFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cairn-bench-").FullName;

    public void Write<T>(string name, IEnumerable<KeyValuePair<string, NdArray<T>>> arrays)
        where T : unmanaged
    {
        using var stream = File.Create(System.IO.Path.Combine(Path, name));
        Npz.Write(stream, arrays, compressed: false);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
