namespace Cairn.Models;

/// <summary>A schema resource (core, section 4.3.5): what has an address of its own, by <c>$id</c> or by being a document.</summary>
internal sealed class SchemaResource(Uri address, SchemaDocument document, string pointer, SchemaDialect dialect)
{
    public Uri Address { get; } = address;

    public SchemaDocument Document { get; } = document;

    /// <summary>JSON pointer of its root in the document.</summary>
    public string Pointer { get; } = pointer;

    public SchemaDialect Dialect { get; } = dialect;

    /// <summary>Where its anchors stand in the document, dynamic ones included.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Its dynamic anchors, compiled; empty when no dynamic reference is anywhere.</summary>
    public Dictionary<string, SchemaNode> Dynamic { get; } = new(StringComparer.Ordinal);
}
