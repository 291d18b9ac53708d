namespace Cairn.Models;

/// <summary>
/// A schema that cannot be used: <c>schema.invalid</c>, <c>schema.reference</c>, <c>schema.pattern</c>, <c>schema.dialect</c>, or one that
/// costs too much: <c>schema.limit</c>.
/// </summary>
public sealed class JsonSchemaException : CairnException
{
    public JsonSchemaException(string code, string message, string fix, Exception? inner = null)
        : base(ErrorKind.Input, code, message, fix, inner)
    {
    }

    internal static JsonSchemaException TooMuchWork()
        => new("schema.limit", "Validation was stopped: schema and instance together take too many steps.",
            "Simplify the schema: fewer nested alternatives, patterns or unique items.");

    internal static JsonSchemaException TooDeep()
        => new("schema.limit", "Validation was stopped: the schema refers to itself without end, or is nested too deeply.",
            "Look for a $ref that leads back to itself without going into a member or item.");
}
