using System.Text.Json;

namespace Cairn.Models;

/// <summary>Makes the nodes of a schema and of everything it refers to.</summary>
internal sealed class SchemaCompiler(JsonSchemaOptions options)
{
    /// <summary>How deeply a schema's own JSON may be nested.</summary>
    public const int DeepestSchema = 128;

    private readonly SchemaLibrary _library = new(options);
    private readonly Dictionary<(SchemaDocument, string), SchemaNode> _nodes = [];
    private readonly Queue<(SchemaNode Node, SchemaDocument Document, string Pointer)> _waiting = new();
    private readonly Dictionary<SchemaNode, SchemaResource> _resources = [];
    private bool _hasDynamicReferences;

    public JsonSchemaOptions Options => options;

    /// <exception cref="JsonSchemaException">As <see cref="JsonSchema.Compile"/>.</exception>
    public SchemaNode Compile(JsonElement schema)
    {
        var root = NodeAt(_library.Open(schema), "");
        CompleteWaiting();
        if (!_hasDynamicReferences)
            return root;
        // Any resource may be in the dynamic scope; compiling its anchors may bring in further ones.
        for (var seen = 0; seen < _resources.Count;)
        {
            seen = _resources.Count;
            foreach (var resource in _resources.Values.Distinct().ToList())
            {
                foreach (var anchor in resource.DynamicAnchors)
                    resource.Dynamic[anchor] = NodeAt(resource.Document, resource.Anchors[anchor]);
            }
            CompleteWaiting();
        }
        foreach (var (node, resource) in _resources)
            node.EnterScope(resource);
        return root;
    }

    public SchemaNode NodeAt(SchemaDocument document, string pointer)
    {
        if (_nodes.TryGetValue((document, pointer), out var node))
            return node;
        node = new SchemaNode(document.ShownAddress + "#" + pointer);
        _nodes.Add((document, pointer), node);
        _waiting.Enqueue((node, document, pointer));
        return node;
    }

    public Keyword Reference(SchemaNode schema, string keyword, string reference, SchemaResource from)
    {
        var (document, pointer, dynamicAnchor) = _library.Resolve(reference, from, schema.Location);
        // Fails now, with this reference in the message, and not at the target.
        _library.Place(document, pointer, schema.Location);
        var target = NodeAt(document, pointer);
        if (keyword != "$dynamicRef" || dynamicAnchor is null)
            return new ReferenceKeyword(schema, keyword, [target]);
        _hasDynamicReferences = true;
        return new ReferenceKeyword(schema, keyword, [target], dynamicAnchor);
    }

    private void CompleteWaiting()
    {
        while (_waiting.TryDequeue(out var next))
        {
            var (schema, resource) = _library.Place(next.Document, next.Pointer, next.Node.Location);
            _resources[next.Node] = resource;
            if (schema.ValueKind == JsonValueKind.False)
                next.Node.Forbid();
            else if (schema.ValueKind == JsonValueKind.Object)
                next.Node.Complete(new SchemaReader(this, next.Node, schema, next.Document, next.Pointer, resource).ReadKeywords());
        }
    }
}
