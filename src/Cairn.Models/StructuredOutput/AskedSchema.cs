using System.Text.Json;

namespace Cairn.Models;

/// <summary>The schema that a body asks its answer to follow, in the words of its protocol.</summary>
internal static class AskedSchema
{
    /// <returns>null when it asks for none.</returns>
    public static JsonElement? Find(WireProtocol protocol, ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 256 });
        var root = document.RootElement;
        var format = protocol switch
        {
            WireProtocol.OpenAiChat => root.Child("response_format"),
            WireProtocol.OpenAiResponses => root.Child("text")?.Child("format"),
            // output_format is the older place of the same.
            WireProtocol.AnthropicMessages => root.Child("output_config")?.Child("format") ?? root.Child("output_format"),
            _ => null,
        };
        if (format?.Text("type") != "json_schema")
            return null;
        return ((protocol == WireProtocol.OpenAiChat ? format?.Child("json_schema") : format)?.Child("schema"))?.Clone();
    }
}
