using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>A value that stands in a schema, indexed like an instance.</summary>
internal sealed class SchemaConstant
{
    private readonly byte[] _text;
    private readonly InstanceNode[] _nodes;

    public SchemaConstant(JsonElement value)
    {
        _text = JsonMarshal.GetRawUtf8Value(value).ToArray();
        Text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var buffers = EvaluationBuffers.Rent();
        _nodes = InstanceReader.Read(_text, buffers, SchemaCompiler.DeepestSchema).Nodes.ToArray();
        buffers.Return();
    }

    /// <summary>null when it is no string.</summary>
    public string? Text { get; }

    public Instance Instance => new(_text, _nodes);

    public override string ToString() => InstanceText.Excerpt(_text);
}
