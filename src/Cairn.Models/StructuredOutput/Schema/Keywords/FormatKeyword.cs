namespace Cairn.Models;

/// <summary><c>format</c> as an assertion (validation, section 7.2.2).</summary>
internal sealed class FormatKeyword(SchemaNode schema, string format, SchemaFormats.Check check) : Keyword(schema, "format", Strings)
{
    public override bool Check(ref Evaluation e, int at, int marks)
        => check(e.Characters(at)) || Fail(ref e, at, $"is not in the format {format}");
}
