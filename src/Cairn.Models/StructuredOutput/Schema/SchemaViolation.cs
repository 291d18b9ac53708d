namespace Cairn.Models;

/// <summary>One way in which an instance breaks its schema.</summary>
/// <param name="InstancePath">JSON pointer (RFC 6901) of the value; empty for the whole instance.</param>
/// <param name="SchemaPath">The keyword that says so: <c>#/properties/age/minimum</c>, with the schema's address before it when that is
/// another one.</param>
/// <param name="Message">For people and models: <c>is a string, but must be a number</c>. A sentence about the value at the path.</param>
public sealed record SchemaViolation(string InstancePath, string SchemaPath, string Message)
{
    /// <summary>The tool whose arguments these are; null for an answer.</summary>
    public string? Tool { get; init; }

    public override string ToString()
        => (Tool is null ? "" : $"in the arguments of {Tool}: ")
            + $"{(InstancePath.Length == 0 ? "the value" : InstancePath)} {Message}{(SchemaPath.Length == 0 ? "" : $" ({SchemaPath})")}";
}
