using System.Text.Json;
using System.Text.Unicode;

namespace Cairn.Models;

/// <summary>Reads a text once and indexes its values.</summary>
internal static class InstanceReader
{
    /// <exception cref="JsonException">The text is not JSON, not UTF-8, or nested deeper than <paramref name="maxDepth"/>.</exception>
    public static Instance Read(ReadOnlySpan<byte> utf8, EvaluationBuffers buffers, int maxDepth)
    {
        if (!Utf8.IsValid(utf8))
            throw new JsonException("the text is not UTF-8");
        var nodes = buffers.Nodes;
        var count = 0;
        var parent = -1;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                // While a container is open, its Next holds the container around it.
                var above = nodes[parent].Next;
                nodes[parent].Next = count;
                parent = above;
                continue;
            }
            if (count == nodes.Length)
                nodes = buffers.GrowNodes();
            ref var node = ref nodes[count];
            node.Start = (int)reader.TokenStartIndex;
            node.Length = reader.ValueSpan.Length;
            node.Escaped = false;
            var countsAsChild = parent >= 0 && nodes[parent].Kind == InstanceKind.Array;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    countsAsChild = true;
                    node.Kind = InstanceKind.String;
                    node.Start++;
                    node.Escaped = reader.ValueIsEscaped;
                    break;
                case JsonTokenType.String:
                    node.Kind = InstanceKind.String;
                    node.Start++;
                    node.Escaped = reader.ValueIsEscaped;
                    break;
                case JsonTokenType.Number:
                    node.Kind = InstanceKind.Number;
                    break;
                case JsonTokenType.Null:
                    node.Kind = InstanceKind.Null;
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    node.Kind = InstanceKind.Boolean;
                    break;
                default:
                    node.Kind = reader.TokenType == JsonTokenType.StartObject ? InstanceKind.Object : InstanceKind.Array;
                    node.Length = 0;
                    if (countsAsChild)
                        nodes[parent].Length++;
                    node.Next = parent;
                    parent = count++;
                    continue;
            }
            if (countsAsChild)
                nodes[parent].Length++;
            node.Next = ++count;
        }
        return new(utf8, nodes.AsSpan(0, count));
    }
}
