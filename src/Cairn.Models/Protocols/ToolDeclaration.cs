using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A tool that the caller declares and runs itself.</summary>
internal sealed class ToolDeclaration(string name, string? description, JsonElement schema, IReadOnlyDictionary<string, object?> carried)
    : AIFunctionDeclaration
{
    private static readonly JsonElement Anything = JsonElement.Parse("""{"type":"object","properties":{}}""");

    public override string Name => name;

    public override string Description => description ?? "";

    public override JsonElement JsonSchema => schema.ValueKind == JsonValueKind.Object ? schema : Anything;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => carried;
}
