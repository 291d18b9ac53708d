namespace Cairn.Models;

/// <summary><c>anyOf</c> and <c>oneOf</c> (core, section 10.2.1).</summary>
internal sealed class AlternativesKeyword(SchemaNode schema, bool exactlyOne, SchemaNode[] branches)
    : Keyword(schema, exactlyOne ? "oneOf" : "anyOf", SchemaNode.AnyType)
{
    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var before = e.ViolationCount;
        var children = e.Instance.Nodes[at].Length;
        var matched = 0;
        foreach (var branch in branches)
        {
            // A branch that fails leaves no marks: it writes into a set of its own.
            var own = marks < 0 ? -1 : e.TakeMarks(children);
            var holds = branch.Evaluate(ref e, at, own);
            if (own >= 0)
            {
                if (holds)
                    e.MergeMarks(own, marks, children);
                e.ReleaseMarks(own);
            }
            if (!holds)
                continue;
            matched++;
            if (exactlyOne ? matched > 1 : marks < 0)
                break;
        }
        if (matched == 1 || (matched > 1 && !exactlyOne))
        {
            e.Forget(before);
            return true;
        }
        if (matched > 1)
        {
            e.Forget(before);
            return Fail(ref e, at, "matches more than one of the alternatives, but must match exactly one");
        }
        return Fail(ref e, at, e.Collects ? $"matches none of the {branches.Length} alternatives" : "");
    }
}
