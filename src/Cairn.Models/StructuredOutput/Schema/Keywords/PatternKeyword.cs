namespace Cairn.Models;

/// <summary><c>pattern</c> (validation, section 6.3.3).</summary>
internal sealed class PatternKeyword(SchemaNode schema, SchemaPattern pattern) : Keyword(schema, "pattern", Strings)
{
    public override bool Check(ref Evaluation e, int at, int marks)
        => pattern.IsMatch(ref e, at) || Fail(ref e, at, e.Collects ? $"does not match the pattern {pattern.Source}" : "");
}
