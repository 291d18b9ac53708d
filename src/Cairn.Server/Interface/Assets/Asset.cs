using System.IO.Compression;

namespace Cairn.Server;

/// <summary>One stylesheet or script, and itself compressed once for everybody.</summary>
internal sealed class Asset(string name, byte[] bytes)
{
    private readonly Lazy<byte[]> _brotli = new(() => Compress(bytes));

    public string Name => name;

    public byte[] Bytes => bytes;

    public byte[] Brotli => _brotli.Value;

    public string MediaType => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type is known for {other}."),
    };

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
            brotli.Write(bytes);
        return target.ToArray();
    }
}
