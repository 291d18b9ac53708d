using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Tools and the choice among them; chat completions nest them in <c>function</c>, responses do not.</summary>
internal static class OpenAiTools
{
    public static List<AITool>? Read(JsonElement root, bool nested)
    {
        if (root.Value("functions") is not null)
            throw RequestErrors.Unsupported("functions", "is the old form of tools");
        var tools = RequestErrors.List(root, "tools", "").Select((tool, i) => (AITool)ReadTool(tool, nested, $"tools[{i}]")).ToList();
        return tools.Count == 0 ? null : tools;
    }

    public static ChatToolMode? ReadChoice(JsonElement root, bool nested)
    {
        if (root.Value("function_call") is not null)
            throw RequestErrors.Unsupported("function_call", "is the old form of tool_choice");
        if (root.Value("tool_choice") is not { } choice)
            return null;
        if (choice.ValueKind == JsonValueKind.Object)
        {
            return choice.Text("type") == "function"
                ? ChatToolMode.RequireSpecific(nested
                    ? RequestErrors.Text(choice.Child("function") ?? throw RequestErrors.Missing("tool_choice.function"), "name",
                        "tool_choice.function")
                    : RequestErrors.Text(choice, "name", "tool_choice"))
                : throw RequestErrors.Unsupported("tool_choice.type", $"'{choice.Text("type")}' exists at OpenAI only");
        }
        return RequestErrors.Text(root, "tool_choice", "") switch
        {
            "none" => ChatToolMode.None,
            "auto" => ChatToolMode.Auto,
            "required" => ChatToolMode.RequireAny,
            _ => throw RequestErrors.Invalid("tool_choice", "none, auto, required or a function"),
        };
    }

    private static ToolDeclaration ReadTool(JsonElement tool, bool nested, string where)
    {
        if (tool.Text("type") is var type && type != "function")
            throw RequestErrors.Unsupported($"{where}.type", $"'{type}' exists at OpenAI only");
        var function = nested ? tool.Child("function") ?? throw RequestErrors.Missing($"{where}.function") : tool;
        var carried = new Dictionary<string, object?>();
        foreach (var (parent, name) in new[] { (function, CallParameters.Strict), (tool, CallParameters.CacheControl) })
        {
            if (parent.Value(name) is { } value)
                carried[name] = value.Clone();
        }
        var schema = function.Child("parameters") is { } parameters ? parameters.Clone() : default;
        return new(RequestErrors.Text(function, "name", where), function.Text("description"), schema, carried);
    }
}
