namespace Cairn.Models;

/// <summary><c>if</c>, <c>then</c>, <c>else</c> (core, section 10.2.2).</summary>
internal sealed class ConditionKeyword(SchemaNode schema, SchemaNode condition, SchemaNode? then, SchemaNode? otherwise)
    : Keyword(schema, "if", SchemaNode.AnyType)
{
    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var before = e.ViolationCount;
        var children = e.Instance.Nodes[at].Length;
        var own = marks < 0 ? -1 : e.TakeMarks(children);
        var holds = condition.Evaluate(ref e, at, own);
        e.Forget(before);
        if (own >= 0)
        {
            if (holds)
                e.MergeMarks(own, marks, children);
            e.ReleaseMarks(own);
        }
        return (holds ? then : otherwise)?.Evaluate(ref e, at, marks) ?? true;
    }
}
