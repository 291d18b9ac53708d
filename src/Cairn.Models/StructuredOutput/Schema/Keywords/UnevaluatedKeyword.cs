namespace Cairn.Models;

/// <summary><c>unevaluatedItems</c> and <c>unevaluatedProperties</c>: judges what no other keyword here did (core, section 11).</summary>
internal sealed class UnevaluatedKeyword(SchemaNode schema, bool properties, SchemaNode rest)
    : Keyword(schema, properties ? "unevaluatedProperties" : "unevaluatedItems", properties ? Objects : Arrays)
{
    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var nodes = e.Instance.Nodes;
        var valid = true;
        var ordinal = 0;
        for (var child = at + 1; child < nodes[at].Next; ordinal++)
        {
            var value = properties ? child + 1 : child;
            if (!e.IsMarked(marks, ordinal))
            {
                valid &= rest.Evaluate(ref e, value, -1);
                e.Mark(marks, ordinal);
            }
            if (!valid && !e.Collects)
                return false;
            child = nodes[value].Next;
        }
        return valid;
    }
}
