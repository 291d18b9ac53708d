using System.Buffers;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>Errors as Anthropic tells them (https://docs.anthropic.com/en/api/errors).</summary>
internal static class AnthropicErrors
{
    public static int Write(CairnException error, IBufferWriter<byte> output)
    {
        WireJson.Write(output, json => WriteError(json, error));
        return ErrorStatus.Of(error);
    }

    public static void WriteError(Utf8JsonWriter json, CairnException error)
    {
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", TypeOf(ErrorStatus.Of(error)));
        json.WriteString("message", $"{ErrorStatus.TextOf(error)} ({error.Code})");
        json.WriteEndObject();
    }

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
