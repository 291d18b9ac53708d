namespace Cairn.Models;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c> (core, section 10.3.1.3; validation, section 6.4).</summary>
internal sealed class ContainsKeyword(SchemaNode schema, SchemaNode wanted, long min, long max) : Keyword(schema, "contains", Arrays)
{
    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var nodes = e.Instance.Nodes;
        var before = e.ViolationCount;
        var found = 0L;
        var ordinal = 0;
        for (var item = at + 1; item < nodes[at].Next; item = nodes[item].Next, ordinal++)
        {
            if (wanted.Evaluate(ref e, item, -1))
            {
                e.Mark(marks, ordinal);
                found++;
            }
            if (marks < 0 && found >= min && max == long.MaxValue)
                break;
        }
        e.Forget(before);
        if (found < min)
            return Fail(ref e, at, e.Collects ? $"has {found} items of the kind that it must contain at least {min} of" : "");
        return found <= max || Fail(ref e, at, e.Collects ? $"has {found} items of the kind that it may contain at most {max} of" : "");
    }
}
