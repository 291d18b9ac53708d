using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Reads the input items of a response's request. What the assistant said in several items is one message again.</summary>
internal static class ResponsesInput
{
    public static IEnumerable<ChatMessage> Read(JsonElement root)
    {
        if (root.Value("input") is not { } input)
            throw RequestErrors.Missing("input");
        if (input.ValueKind == JsonValueKind.String)
            return [new(ChatRole.User, input.GetString())];
        var messages = new List<ChatMessage>();
        var i = 0;
        foreach (var item in RequestErrors.List(root, "input", ""))
        {
            var message = ReadItem(item, $"input[{i++}]");
            if (message.Role != ChatRole.User && message.Role != ChatRole.System && messages.LastOrDefault() is { } last
                && last.Role == message.Role)
                last.Contents = [.. last.Contents, .. message.Contents];
            else
                messages.Add(message);
        }
        return messages;
    }

    private static ChatMessage ReadItem(JsonElement item, string where) => (item.Text("type") ?? "message") switch
    {
        "message" => ReadMessage(item, where),
        "function_call" => new(ChatRole.Assistant,
            [ToolArguments.Read(RequestErrors.Text(item, "call_id", where), RequestErrors.Text(item, "name", where),
                item.Text("arguments") ?? "")]),
        "function_call_output" => new(ChatRole.Tool,
            [new FunctionResultContent(RequestErrors.Text(item, "call_id", where), ReadOutput(item, where))]),
        "reasoning" => new(ChatRole.Assistant,
            [new TextReasoningContent(
                string.Concat(item.Items("summary").Concat(item.Items("content")).Select(s => s.Text("text")))) { ProtectedData = item.Text(
                    "encrypted_content") }]),
        "item_reference" => throw RequestErrors.Unsupported($"{where}.type",
            "'item_reference' refers to what only OpenAI keeps; send whole items (store: false)"),
        var type => throw RequestErrors.Unsupported($"{where}.type", $"'{type}' exists at OpenAI only"),
    };

    private static ChatMessage ReadMessage(JsonElement item, string where) => new(RequestErrors.Text(item, "role", where) switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        _ => throw RequestErrors.Invalid($"{where}.role", "system, developer, user or assistant"),
    }, ReadContent(item, "content", where));

    private static object ReadOutput(JsonElement item, string where)
    {
        var parts = ReadContent(item, "output", where);
        return parts is [TextContent only] ? only.Text : parts;
    }

    private static List<AIContent> ReadContent(JsonElement item, string name, string where) => item.Value(name) switch
    {
        { ValueKind: JsonValueKind.String } text => [new TextContent(text.GetString())],
        { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray().Select((part, i) => ReadPart(part, $"{where}.{name}[{i}]"))],
        null => throw RequestErrors.Missing($"{where}.{name}"),
        _ => throw RequestErrors.Invalid($"{where}.{name}", "a text or a list of parts"),
    };

    private static AIContent ReadPart(JsonElement part, string where) => RequestErrors.Text(part, "type", where) switch
    {
        "input_text" or "output_text" or "text" => new TextContent(RequestErrors.Text(part, "text", where)),
        "refusal" => new ErrorContent(RequestErrors.Text(part, "refusal", where)) { ErrorCode = ReplyParts.RefusalCode },
        "input_image" => ReadImage(part, where),
        "input_file" => ReadFile(part, where),
        _ => throw RequestErrors.Invalid($"{where}.type", "input_text, output_text, refusal, input_image or input_file"),
    };

    private static AIContent ReadImage(JsonElement part, string where)
    {
        if (part.Text("file_id") is { } id)
            return new HostedFileContent(id) { MediaType = "image/*" };
        var image = MediaTypes.Image(RequestErrors.Text(part, "image_url", where), where + ".image_url");
        if (part.Text("detail") is { } detail and not "auto")
            image.AdditionalProperties = new() { [CallParameters.Detail] = detail };
        return image;
    }

    private static AIContent ReadFile(JsonElement part, string where)
    {
        if (part.Text("file_id") is { } id)
            return new HostedFileContent(id);
        if (part.Text("file_url") is { } url)
            return Uri.TryCreate(url, UriKind.Absolute, out var uri)
                ? new UriContent(uri, "application/pdf")
                : throw RequestErrors.Invalid($"{where}.file_url", "an address");
        var file = MediaTypes.Data(RequestErrors.Text(part, "file_data", where), where + ".file_data");
        file.Name = part.Text("filename");
        return file;
    }
}
