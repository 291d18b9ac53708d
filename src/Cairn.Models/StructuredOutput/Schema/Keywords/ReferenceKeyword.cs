namespace Cairn.Models;

/// <summary><c>$ref</c>, <c>$dynamicRef</c> and <c>allOf</c>: every one of some schemas, at the same value.</summary>
internal sealed class ReferenceKeyword(SchemaNode schema, string name, SchemaNode[] targets, string? dynamicAnchor = null)
    : Keyword(schema, name, SchemaNode.AnyType)
{
    public override bool Check(ref Evaluation e, int at, int marks)
    {
        if (dynamicAnchor is not null)
            return (e.FindDynamic(dynamicAnchor) ?? targets[0]).Evaluate(ref e, at, marks);
        var valid = true;
        foreach (var target in targets)
        {
            if (target.Evaluate(ref e, at, marks))
                continue;
            if (!e.Collects)
                return false;
            valid = false;
        }
        return valid;
    }
}
