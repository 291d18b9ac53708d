using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Makes tool calls out of what protocols send.</summary>
internal static class ToolArguments
{
    /// <summary>
    /// A call whose arguments are a JSON text. Where it is no object (the token limit cut it off) the text is kept and
    /// <see cref="FunctionCallContent.Exception"/> says so.
    /// </summary>
    public static FunctionCallContent Read(string id, string name, string arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
            return new(id, name, new Dictionary<string, object?>());
        try
        {
            using var document = JsonDocument.Parse(arguments);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Read(id, name, document.RootElement);
        }
        catch (JsonException)
        {
            // Told below, for texts that are JSON and no object too.
        }
        return new(id, name)
        {
            Exception = new InvalidDataException("the arguments are no whole JSON object"),
            AdditionalProperties = new() { [CallParameters.RawArguments] = arguments },
        };
    }

    public static FunctionCallContent Read(string id, string name, JsonElement arguments) => new(id, name, JsonValues.Read(arguments));
}
