using System.Buffers;

namespace Cairn.Models;

/// <summary><c>uniqueItems</c> (validation, section 6.4.3): by hash, so that a long array costs n log n.</summary>
internal sealed class UniqueItemsKeyword(SchemaNode schema) : Keyword(schema, "uniqueItems", Arrays)
{
    private const int FewItems = 8;

    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var count = e.Instance.Nodes[at].Length;
        if (count < 2)
            return true;
        return count <= FewItems ? CheckFew(ref e, at) : CheckMany(ref e, at, count);
    }

    private bool CheckFew(ref Evaluation e, int at)
    {
        var nodes = e.Instance.Nodes;
        for (var one = at + 1; one < nodes[at].Next; one = nodes[one].Next)
        {
            for (var other = nodes[one].Next; other < nodes[at].Next; other = nodes[other].Next)
            {
                if (InstanceEquality.AreEqual(ref e, e.Instance, one, e.Instance, other))
                    return FailTwice(ref e, at, one, other);
            }
        }
        return true;
    }

    private bool CheckMany(ref Evaluation e, int at, int count)
    {
        var nodes = e.Instance.Nodes;
        var hashed = ArrayPool<(int Hash, int Node)>.Shared.Rent(count);
        try
        {
            var i = 0;
            for (var item = at + 1; item < nodes[at].Next; item = nodes[item].Next)
                hashed[i++] = (InstanceEquality.Hash(ref e, e.Instance, item), item);
            hashed.AsSpan(0, count).Sort(static (a, b) => a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : a.Node.CompareTo(b.Node));
            for (var one = 0; one < count; one++)
            {
                for (var other = one + 1; other < count && hashed[other].Hash == hashed[one].Hash; other++)
                {
                    if (InstanceEquality.AreEqual(ref e, e.Instance, hashed[one].Node, e.Instance, hashed[other].Node))
                        return FailTwice(ref e, at, hashed[one].Node, hashed[other].Node);
                }
            }
            return true;
        }
        finally
        {
            ArrayPool<(int Hash, int Node)>.Shared.Return(hashed);
        }
    }

    private bool FailTwice(ref Evaluation e, int at, int one, int other)
        => Fail(ref e, at, e.Collects
            ? $"has the same item twice, at {InstancePath.Of(e.Instance, one)} and {InstancePath.Of(e.Instance, other)}"
            : "");
}
