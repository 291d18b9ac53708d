namespace Cairn.Models;

public sealed record StructuredOutputOptions
{
    public StructuredMode Mode { get; init; } = StructuredMode.Prompt;

    /// <summary>How often a model may try again after an invalid answer; it is shown what was wrong.</summary>
    public int MaxRepairs { get; init; } = 2;

    public JsonSchemaOptions Schema { get; init; } = JsonSchemaOptions.Default;
}
