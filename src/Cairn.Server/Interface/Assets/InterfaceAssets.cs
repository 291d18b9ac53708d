using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;

namespace Cairn.Server;

/// <summary>
/// The stylesheets and scripts that lie beside the components, built into the assembly. All stylesheets are served as one,
/// <c>cairn.css</c>, tokens first. Addresses carry a hash of everything, so browsers keep them for good.
/// </summary>
internal sealed class InterfaceAssets
{
    public const string Stylesheet = "cairn.css";
    private const string Prefix = "assets/";
    private static readonly string[] First = ["tokens.css", "base.css", "frame.css"];

    private readonly FrozenDictionary<string, Asset> _assets;

    public InterfaceAssets()
    {
        var files = typeof(InterfaceAssets).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[Prefix.Length..], Read);
        var styles = files.Keys.Where(n => n.EndsWith(".css", StringComparison.Ordinal))
            .OrderBy(n => Array.IndexOf(First, n) is var at and >= 0 ? at : First.Length).ThenBy(n => n, StringComparer.Ordinal);
        byte[] stylesheet = [.. styles.SelectMany(n => files[n])];
        _assets = files.Where(f => !f.Key.EndsWith(".css", StringComparison.Ordinal)).Append(KeyValuePair.Create(Stylesheet, stylesheet))
            .ToFrozenDictionary(f => f.Key, f => new Asset(f.Key, f.Value));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, asset) in _assets.OrderBy(a => a.Key, StringComparer.Ordinal))
            hash.AppendData(asset.Bytes);
        Hash = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    public string Hash { get; }

    public IEnumerable<Asset> All => _assets.Values;

    public Asset? Find(string name) => _assets.GetValueOrDefault(name);

    public string Url(string name) => string.Create(CultureInfo.InvariantCulture, $"/assets/{Hash}/{name}");

    private static byte[] Read(string resource)
    {
        using var stream = typeof(InterfaceAssets).Assembly.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
