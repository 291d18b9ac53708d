using System.Buffers;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>Errors as OpenAI's endpoints tell them (https://platform.openai.com/docs/guides/error-codes).</summary>
internal static class OpenAiErrors
{
    public static int Write(CairnException error, IBufferWriter<byte> output)
    {
        WireJson.Write(output, json => WriteError(json, error));
        // Anthropic's 529 is unknown here.
        return ErrorStatus.Of(error) is var status && status == 529 ? 503 : status;
    }

    public static void WriteError(Utf8JsonWriter json, CairnException error)
    {
        json.WriteStartObject("error");
        json.WriteString("message", ErrorStatus.TextOf(error));
        json.WriteString("type", TypeOf(ErrorStatus.Of(error)));
        json.WriteNull("param");
        json.WriteString("code", error.Code);
        json.WriteEndObject();
    }

    public static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        402 => "insufficient_quota",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };
}
