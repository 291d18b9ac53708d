namespace Cairn.Models;

/// <summary>One assertion or applicator of a subschema.</summary>
internal abstract class Keyword(SchemaNode schema, string name, int kinds)
{
    protected const int Numbers = 1 << (int)InstanceKind.Number;
    protected const int Strings = 1 << (int)InstanceKind.String;
    protected const int Arrays = 1 << (int)InstanceKind.Array;
    protected const int Objects = 1 << (int)InstanceKind.Object;

    /// <summary>The kinds of value that it says anything about, as a mask.</summary>
    public int Kinds { get; } = kinds;

    public string Name { get; } = name;

    protected SchemaNode Schema { get; } = schema;

    /// <inheritdoc cref="SchemaNode.Evaluate"/>
    public abstract bool Check(ref Evaluation e, int at, int marks);

    protected bool Fail(ref Evaluation e, int at, string message) => e.Fail(at, Schema, Name, message);
}
