namespace Cairn.Models;

/// <summary>
/// The catalogue that comes with Cairn: well-known public models, each with the source and the day on which it was looked up.
/// </summary>
public static class ShippedCatalog
{
    public const string Name = "catalog.yaml (shipped)";

    /// <summary>In the format of a workspace's <c>models/catalog.yaml</c>.</summary>
    public static string ReadText()
    {
        using var stream = typeof(ShippedCatalog).Assembly.GetManifestResourceStream("Cairn.Models.Catalog.catalog.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
