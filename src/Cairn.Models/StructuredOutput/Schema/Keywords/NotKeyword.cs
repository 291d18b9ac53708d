namespace Cairn.Models;

/// <summary><c>not</c> (core, section 10.2.1.4).</summary>
internal sealed class NotKeyword(SchemaNode schema, SchemaNode forbidden) : Keyword(schema, "not", SchemaNode.AnyType)
{
    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var before = e.ViolationCount;
        var holds = forbidden.Evaluate(ref e, at, -1);
        e.Forget(before);
        return !holds || Fail(ref e, at, "matches what it must not match");
    }
}
