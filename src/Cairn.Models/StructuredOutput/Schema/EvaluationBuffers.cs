namespace Cairn.Models;

/// <summary>What an evaluation writes into, kept per thread so that a valid instance costs no allocation.</summary>
internal sealed class EvaluationBuffers
{
    private const int MostKept = 1 << 16;

    [ThreadStatic]
    private static EvaluationBuffers? _idle;

    public InstanceNode[] Nodes { get; private set; } = new InstanceNode[256];

    /// <summary>Bits of evaluated children, as a stack of sets.</summary>
    public ulong[] Marks { get; set; } = new ulong[64];

    public char[] Characters { get; set; } = new char[256];

    /// <summary>The schema resources that were entered and not yet left, outermost first: the dynamic scope.</summary>
    public SchemaResource[] Scope { get; set; } = new SchemaResource[16];

    public static EvaluationBuffers Rent()
    {
        var buffers = _idle ?? new();
        _idle = null;
        return buffers;
    }

    public void Return()
    {
        if (Nodes.Length <= MostKept && Marks.Length <= MostKept && Characters.Length <= MostKept)
            _idle = this;
    }

    public InstanceNode[] GrowNodes()
    {
        var nodes = Nodes;
        Array.Resize(ref nodes, nodes.Length * 2);
        return Nodes = nodes;
    }
}
