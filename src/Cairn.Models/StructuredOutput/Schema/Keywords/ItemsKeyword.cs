namespace Cairn.Models;

/// <summary><c>prefixItems</c> and <c>items</c> (core, section 10.3.1).</summary>
internal sealed class ItemsKeyword(SchemaNode schema, SchemaNode[] prefix, SchemaNode? rest) : Keyword(schema, "items", Arrays)
{
    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var nodes = e.Instance.Nodes;
        var valid = true;
        var ordinal = 0;
        for (var item = at + 1; item < nodes[at].Next; item = nodes[item].Next, ordinal++)
        {
            var judge = ordinal < prefix.Length ? prefix[ordinal] : rest;
            if (judge is null)
                return valid;
            e.Mark(marks, ordinal);
            if (judge.Evaluate(ref e, item, -1))
                continue;
            if (!e.Collects)
                return false;
            valid = false;
        }
        return valid;
    }
}
