namespace Cairn.Apps;

/// <summary>The fields of <c>models/catalog.yaml</c> (schemas/catalog.schema.json).</summary>
internal static class CatalogShapes
{
    public static readonly Shape File = new("catalog", "version", "models");
    public static readonly Shape Model = new("model", "names", "context", "maxOutput", "abilities", "prices", "source", "seen");
    public static readonly Shape Price = new("price", "from", "input", "cacheRead", "cacheWrite", "output", "reasoning");

    public static IEnumerable<Shape> All => [File, Model, Price];
}
