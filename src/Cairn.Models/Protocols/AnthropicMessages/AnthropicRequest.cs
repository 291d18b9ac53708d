using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Reads a request for a message.</summary>
internal static class AnthropicRequest
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "system", "stream", "max_tokens", "temperature", "top_p", "top_k", "stop_sequences", "tools", "tool_choice",
        "metadata",
        "output_config", "output_format",
    };

    public static ChatCall Read(JsonElement root)
    {
        var (mode, parallel) = ReadChoice(root);
        var tools = RequestErrors.List(root, "tools", "").Select((tool, i) => (AITool)ReadTool(tool, $"tools[{i}]")).ToList();
        var options = new ChatOptions
        {
            MaxOutputTokens = RequestErrors.Whole(root, "max_tokens"),
            Temperature = RequestErrors.Number(root, "temperature"),
            TopP = RequestErrors.Number(root, "top_p"),
            TopK = RequestErrors.Whole(root, "top_k"),
            StopSequences = RequestErrors.Texts(root, "stop_sequences"),
            Tools = tools.Count == 0 ? null : tools,
            ToolMode = mode,
            AllowMultipleToolCalls = parallel,
            ResponseFormat = ReadFormat(root),
            Reasoning = ReadThinking(root),
        };
        CallExtras.Read(root, Known, options);
        ReadMetadata(root, options);
        return new()
        {
            Model = RequestErrors.Text(root, "model", ""),
            Messages = [.. AnthropicMessageReader.Read(root)],
            Options = options,
            Stream = RequestErrors.Truth(root, "stream") ?? false,
            StreamUsage = true,
        };
    }

    /// <summary>
    /// A budget of thinking as an effort, for models that know no budget; the budget itself stays in the call for those that do.
    /// </summary>
    private static ReasoningOptions? ReadThinking(JsonElement root)
    {
        ReasoningEffort? effort = root.Child("output_config")?.Text("effort") switch
        {
            null => null,
            "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "max" or "xhigh" => ReasoningEffort.ExtraHigh,
            _ => throw RequestErrors.Invalid("output_config.effort", "low, medium, high, xhigh or max"),
        };
        if (root.Child("thinking") is not { } thinking)
            return effort is null ? null : new() { Effort = effort };
        return RequestErrors.Text(thinking, "type", "thinking") switch
        {
            "disabled" => new() { Effort = effort ?? ReasoningEffort.None },
            "adaptive" => new() { Effort = effort, Output = ReasoningOutput.Full },
            "enabled" => new()
            {
                Effort = effort
                    ?? ThinkingBudget.EffortOf(RequestErrors.Whole(thinking, "budget_tokens")
                        ?? throw RequestErrors.Missing("thinking.budget_tokens")),
                Output = ReasoningOutput.Full,
            },
            _ => throw RequestErrors.Invalid("thinking.type", "enabled, disabled or adaptive"),
        };
    }

    private static ChatResponseFormatJson? ReadFormat(JsonElement root)
    {
        // output_format is the older place of the same.
        if ((root.Child("output_config")?.Child("format") ?? root.Child("output_format")) is not { } format)
            return null;
        if (format.Text("type") != "json_schema")
            throw RequestErrors.Invalid("output_config.format.type", "json_schema");
        return ChatResponseFormat.ForJsonSchema((format.Child("schema") ?? throw RequestErrors.Missing("output_config.format.schema"))
            .Clone());
    }

    private static (ChatToolMode? Mode, bool? Parallel) ReadChoice(JsonElement root)
    {
        if (root.Value("tool_choice") is not { } choice)
            return (null, null);
        ChatToolMode mode = RequestErrors.Text(choice, "type", "tool_choice") switch
        {
            "auto" => ChatToolMode.Auto,
            "any" => ChatToolMode.RequireAny,
            "tool" => ChatToolMode.RequireSpecific(RequestErrors.Text(choice, "name", "tool_choice")),
            "none" => ChatToolMode.None,
            _ => throw RequestErrors.Invalid("tool_choice.type", "auto, any, tool or none"),
        };
        return (mode, RequestErrors.Truth(choice, "disable_parallel_tool_use") is true ? false : null);
    }

    private static ToolDeclaration ReadTool(JsonElement tool, string where)
    {
        if (tool.Text("type") is { } type && type != "custom")
            throw RequestErrors.Unsupported($"{where}.type", $"'{type}' runs at Anthropic only");
        var carried = new Dictionary<string, object?>();
        foreach (var name in new[] { CallParameters.CacheControl, CallParameters.Strict })
        {
            if (tool.Value(name) is { } value)
                carried[name] = value.Clone();
        }
        var schema = tool.Child("input_schema") ?? throw RequestErrors.Missing($"{where}.input_schema");
        return new(RequestErrors.Text(tool, "name", where), tool.Text("description"), schema.Clone(), carried);
    }

    private static void ReadMetadata(JsonElement root, ChatOptions options)
    {
        if (root.Child("metadata") is not { } metadata)
            return;
        foreach (var field in metadata.EnumerateObject().Where(f => f.Value.ValueKind != JsonValueKind.Null))
        {
            if (field.Name != "user_id")
                throw RequestErrors.Invalid($"metadata.{field.Name}", "left out; only user_id is known");
            (options.AdditionalProperties ??= [])[CallParameters.User] = field.Value.Clone();
        }
    }
}
