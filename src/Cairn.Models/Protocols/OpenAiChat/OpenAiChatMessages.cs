using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Reads the messages of a chat completion's request.</summary>
internal static class OpenAiChatMessages
{
    public static IEnumerable<ChatMessage> Read(JsonElement root)
    {
        if (root.Value("messages") is null)
            throw RequestErrors.Missing("messages");
        return RequestErrors.List(root, "messages", "").Select((message, i) => ReadMessage(message, $"messages[{i}]"));
    }

    private static ChatMessage ReadMessage(JsonElement message, string where)
    {
        var role = RequestErrors.Text(message, "role", where);
        if (role == "tool")
            return new(ChatRole.Tool,
                [new FunctionResultContent(RequestErrors.Text(message, "tool_call_id", where), ReadResult(message, where))]);
        var contents = ReadContent(message, where);
        if (role == "assistant")
            ReadAssistant(message, contents, where);
        return new(role switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "function" => throw RequestErrors.Unsupported($"{where}.role", "'function' is the old form of tool"),
            _ => throw RequestErrors.Invalid($"{where}.role", "system, developer, user, assistant or tool"),
        }, contents)
        {
            AuthorName = RequestErrors.OptionalText(message, "name", where),
        };
    }

    private static void ReadAssistant(JsonElement message, List<AIContent> contents, string where)
    {
        if (message.Value("function_call") is not null)
            throw RequestErrors.Unsupported($"{where}.function_call", "is the old form of tool_calls");
        if (message.Value("audio") is not null)
            throw RequestErrors.Unsupported($"{where}.audio", "refers to what only OpenAI keeps");
        // DeepSeek's and OpenRouter's names.
        if ((message.Text("reasoning_content") ?? message.Text("reasoning")) is { Length: > 0 } reasoning)
            contents.Insert(0, new TextReasoningContent(reasoning));
        if (message.Text("refusal") is { Length: > 0 } refusal)
            contents.Add(new ErrorContent(refusal) { ErrorCode = ReplyParts.RefusalCode });
        var i = 0;
        foreach (var call in RequestErrors.List(message, "tool_calls", where))
        {
            var place = $"{where}.tool_calls[{i++}]";
            var function = call.Child("function") ?? throw RequestErrors.Missing($"{place}.function");
            contents.Add(ToolArguments.Read(RequestErrors.Text(call, "id", place),
                RequestErrors.Text(function, "name", place + ".function"), function.Text("arguments") ?? ""));
        }
    }

    /// <returns>A text, or parts.</returns>
    private static object ReadResult(JsonElement message, string where)
    {
        var parts = ReadContent(message, where);
        return parts.Count switch
        {
            0 => "",
            1 when parts[0] is TextContent { AdditionalProperties: null } text => text.Text,
            _ => parts,
        };
    }

    private static List<AIContent> ReadContent(JsonElement message, string where) => message.Value("content") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => [new TextContent(text.GetString())],
        { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray()
            .Select((part, i) => ReadPart(part, $"{where}.content[{i}]"))],
        _ => throw RequestErrors.Invalid($"{where}.content", "a text or a list of parts"),
    };

    private static AIContent ReadPart(JsonElement part, string where)
    {
        var type = RequestErrors.Text(part, "type", where);
        var content = type switch
        {
            "text" => new TextContent(RequestErrors.Text(part, "text", where)),
            "image_url" => ReadImage(part, where),
            "input_audio" => ReadAudio(part, where),
            "file" => ReadFile(part, where),
            "refusal" => new ErrorContent(RequestErrors.Text(part, "refusal", where)) { ErrorCode = ReplyParts.RefusalCode },
            _ => throw RequestErrors.Invalid($"{where}.type", "text, image_url, input_audio, file or refusal"),
        };
        if (part.Value(CallParameters.CacheControl) is { } mark)
            (content.AdditionalProperties ??= [])[CallParameters.CacheControl] = mark.Clone();
        return content;
    }

    private static AIContent ReadImage(JsonElement part, string where)
    {
        var image = part.Child("image_url") ?? throw RequestErrors.Missing($"{where}.image_url");
        var content = MediaTypes.Image(RequestErrors.Text(image, "url", where + ".image_url"), where + ".image_url.url");
        if (image.Text("detail") is { } detail)
            content.AdditionalProperties = new() { [CallParameters.Detail] = detail };
        return content;
    }

    private static DataContent ReadAudio(JsonElement part, string where)
    {
        var audio = part.Child("input_audio") ?? throw RequestErrors.Missing($"{where}.input_audio");
        var type = RequestErrors.Text(audio, "format", where + ".input_audio") switch
        {
            "wav" => "audio/wav",
            "mp3" => "audio/mpeg",
            var other => throw RequestErrors.Invalid($"{where}.input_audio.format", $"wav or mp3, not '{other}'"),
        };
        return MediaTypes.Base64(RequestErrors.Text(audio, "data", where + ".input_audio"), type, where + ".input_audio.data");
    }

    private static AIContent ReadFile(JsonElement part, string where)
    {
        var file = part.Child("file") ?? throw RequestErrors.Missing($"{where}.file");
        if (file.Text("file_id") is { } id)
            return new HostedFileContent(id);
        var data = RequestErrors.Text(file, "file_data", where + ".file");
        var content = data.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? MediaTypes.Data(data, where + ".file.file_data")
            : MediaTypes.Base64(data, "application/pdf", where + ".file.file_data");
        content.Name = file.Text("filename");
        return content;
    }
}
