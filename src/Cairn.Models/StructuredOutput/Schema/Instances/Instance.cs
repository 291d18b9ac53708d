namespace Cairn.Models;

/// <summary>A JSON text and the index of its values.</summary>
internal readonly ref struct Instance(ReadOnlySpan<byte> text, ReadOnlySpan<InstanceNode> nodes)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public ReadOnlySpan<InstanceNode> Nodes { get; } = nodes;

    public ReadOnlySpan<byte> Token(int at)
    {
        ref readonly var node = ref Nodes[at];
        return Text.Slice(node.Start, node.Length);
    }
}
