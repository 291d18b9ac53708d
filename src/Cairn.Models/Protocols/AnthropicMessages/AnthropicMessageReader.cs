using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Reads the system text and the messages of a request.</summary>
internal static class AnthropicMessageReader
{
    public static IEnumerable<ChatMessage> Read(JsonElement root)
    {
        if (root.Value("system") is not null)
            yield return new(ChatRole.System, ReadContent(root, "system", ""));
        if (root.Value("messages") is null)
            throw RequestErrors.Missing("messages");
        var i = 0;
        foreach (var message in RequestErrors.List(root, "messages", ""))
        {
            foreach (var read in ReadMessage(message, $"messages[{i++}]"))
                yield return read;
        }
    }

    private static IEnumerable<ChatMessage> ReadMessage(JsonElement message, string where)
    {
        var role = RequestErrors.Text(message, "role", where) switch
        {
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "system" => ChatRole.System,
            _ => throw RequestErrors.Invalid($"{where}.role", "user or assistant"),
        };
        var contents = ReadContent(message, "content", where);
        // Results of tools have a role of their own here, and come first in a message, as Anthropic asks.
        if (contents.OfType<FunctionResultContent>().ToList<AIContent>() is { Count: > 0 } results)
            yield return new(ChatRole.Tool, results);
        if (contents.Where(c => c is not FunctionResultContent).ToList() is { Count: > 0 } rest)
            yield return new(role, rest);
    }

    private static List<AIContent> ReadContent(JsonElement parent, string name, string where)
    {
        var place = RequestErrors.Join(where, name);
        return parent.Value(name) switch
        {
            null => throw RequestErrors.Missing(place),
            { ValueKind: JsonValueKind.String } text => [new TextContent(text.GetString())],
            { ValueKind: JsonValueKind.Array } blocks => [.. blocks.EnumerateArray()
                .Select((block, i) => ReadBlock(block, $"{place}[{i}]"))],
            _ => throw RequestErrors.Invalid(place, "a text or a list of blocks"),
        };
    }

    private static AIContent ReadBlock(JsonElement block, string where)
    {
        AIContent content = RequestErrors.Text(block, "type", where) switch
        {
            "text" => new TextContent(RequestErrors.Text(block, "text", where)),
            "image" => ReadSource(block, where, "image/*"),
            "document" => ReadDocument(block, where),
            "tool_use" => ToolArguments.Read(RequestErrors.Text(block, "id", where), RequestErrors.Text(block, "name", where),
                block.Child("input") ?? throw RequestErrors.Missing($"{where}.input")),
            "tool_result" => ReadResult(block, where),
            "thinking" => new TextReasoningContent(RequestErrors.Text(block, "thinking", where)) { ProtectedData =
                block.Text("signature") is { Length: > 0 } signature ? signature : null },
            "redacted_thinking" => new TextReasoningContent(null)
            {
                ProtectedData = RequestErrors.Text(block, "data", where),
                AdditionalProperties = new() { [CallParameters.Redacted] = true },
            },
            var type => throw RequestErrors.Unsupported($"{where}.type", $"'{type}' is a block that only Anthropic reads"),
        };
        if (block.Value(CallParameters.CacheControl) is { } mark)
            (content.AdditionalProperties ??= [])[CallParameters.CacheControl] = mark.Clone();
        return content;
    }

    private static FunctionResultContent ReadResult(JsonElement block, string where)
    {
        var parts = block.Value("content") is null ? [] : ReadContent(block, "content", where);
        object result = parts.Count switch
        {
            0 => "",
            1 when parts[0] is TextContent { AdditionalProperties: null } text => text.Text,
            _ => parts,
        };
        return new(RequestErrors.Text(block, "tool_use_id", where), result)
        {
            Exception = RequestErrors.Truth(block, "is_error") is true ? new InvalidOperationException(WireJson.ResultText(result)) : null,
        };
    }

    private static AIContent ReadDocument(JsonElement block, string where)
    {
        if (block.Child("citations")?.Value("enabled") is { ValueKind: JsonValueKind.True })
            throw RequestErrors.Unsupported($"{where}.citations", "are made by Anthropic only");
        if (block.Text("context") is not null)
            throw RequestErrors.Unsupported($"{where}.context", "is read by Anthropic only");
        var content = ReadSource(block, where, "application/pdf");
        if (content is DataContent data)
            data.Name = block.Text("title");
        return content;
    }

    private static AIContent ReadSource(JsonElement block, string where, string mediaType)
    {
        var source = block.Child("source") ?? throw RequestErrors.Missing($"{where}.source");
        where += ".source";
        return RequestErrors.Text(source, "type", where) switch
        {
            "base64" => MediaTypes.Base64(RequestErrors.Text(source, "data", where), RequestErrors.Text(source, "media_type", where),
                where + ".data"),
            "url" when mediaType == "image/*" => MediaTypes.Image(RequestErrors.Text(source, "url", where), where + ".url"),
            "url" when Uri.TryCreate(RequestErrors.Text(source, "url", where), UriKind.Absolute, out var uri) => new UriContent(uri,
                mediaType),
            "url" => throw RequestErrors.Invalid(where + ".url", "an address"),
            "file" => new HostedFileContent(RequestErrors.Text(source, "file_id", where)) { MediaType = mediaType == "image/*"
                ? "image/*"
                : null },
            "text" => new DataContent(System.Text.Encoding.UTF8.GetBytes(RequestErrors.Text(source, "data", where)), "text/plain"),
            _ => throw RequestErrors.Invalid(where + ".type", "base64, url, file or text"),
        };
    }
}
