using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// The tools of a call whose arguments are held to their schema: those that say <c>strict</c>, as OpenAI and Anthropic call it. Other
/// tools' arguments are the caller's to judge.
/// </summary>
internal sealed class ToolContracts
{
    private readonly Dictionary<string, StructuredContract> _tools = new(StringComparer.Ordinal);

    private ToolContracts()
    {
    }

    /// <summary>A call of a tool is asked for, so that no words come before it.</summary>
    public bool IsForced { get; private init; }

    /// <returns>null when no tool of the body is strict.</returns>
    /// <exception cref="JsonSchemaException">A strict tool's schema cannot be used.</exception>
    public static ToolContracts? Find(WireProtocol protocol, ReadOnlyMemory<byte> body, StructuredContracts known)
    {
        var bytes = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 256 });
        var root = document.RootElement;
        var tools = root.Items("tools").Select(tool => protocol == WireProtocol.OpenAiChat ? tool.Child("function") ?? default : tool);
        var schema = protocol == WireProtocol.AnthropicMessages ? "input_schema" : "parameters";
        var choice = root.Value("tool_choice") is { } asked ? asked.Text("type") ?? asked.ToString() : "auto";
        var contracts = new ToolContracts { IsForced = choice is "function" or "required" or "any" or "tool" };
        foreach (var tool in tools.Where(t => t.Value(CallParameters.Strict) is { ValueKind: JsonValueKind.True }))
            contracts.Add(tool.Text("name"), tool.Child(schema)?.Clone(), known);
        return contracts._tools.Count > 0 ? contracts : null;
    }

    /// <inheritdoc cref="Find"/>
    public static ToolContracts? Of(ChatOptions? options, StructuredContracts known)
    {
        if (!Are(options))
            return null;
        var contracts = new ToolContracts();
        foreach (var tool in options!.Tools!.OfType<AIFunctionDeclaration>().Where(IsStrict))
            contracts.Add(tool.Name, tool.JsonSchema, known);
        return contracts;
    }

    /// <summary>Whether any tool of a call is strict.</summary>
    public static bool Are(ChatOptions? options)
        => options?.Tools is { Count: > 0 } tools && tools.OfType<AIFunctionDeclaration>().Any(IsStrict);

    public bool Binds(string tool) => _tools.ContainsKey(tool);

    /// <summary>What is wrong with the arguments of a call; nothing where its tool is not strict.</summary>
    public IEnumerable<SchemaViolation> Judge(string tool, string arguments)
        => _tools.TryGetValue(tool, out var contract) ? contract.JudgeWhole(arguments).Select(v => v with { Tool = tool }) : [];

    private void Add(string? tool, JsonElement? schema, StructuredContracts known)
    {
        // A tool without a schema takes any arguments, which still are JSON.
        if (tool is not null)
            _tools[tool] = known.Of(schema ?? Anything);
    }

    private static bool IsStrict(AIFunctionDeclaration tool)
        => tool.AdditionalProperties.GetValueOrDefault(CallParameters.Strict) is true or JsonElement { ValueKind: JsonValueKind.True };

    private static readonly JsonElement Anything = JsonElement.Parse("""{"type":"object"}""");
}
