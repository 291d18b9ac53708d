using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>The answer to one call of a batch, as its line in the output file (OpenAI's form).</summary>
internal sealed record BatchResult(string Tenant, string Batch, long Line, long Failed, string Text)
{
    /// <param name="status">HTTP's, as the caller would have seen it.</param>
    /// <param name="body">JSON: the reply, or the error in the caller's protocol. Providers may indent it; here it is one line.</param>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public static BatchResult Of(ModelBatch batch, BatchLine line, int status, ReadOnlyMemory<byte> body, string trace)
    {
        using var document = JsonDocument.Parse(body);
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("id", FormattableString.Invariant($"{batch.Id}-{line.Number}"));
            json.WriteString("custom_id", line.CustomId);
            json.WriteStartObject("response");
            json.WriteNumber("status_code", status);
            json.WriteString("request_id", trace);
            json.WritePropertyName("body");
            document.RootElement.WriteTo(json);
            json.WriteEndObject();
            json.WriteNull("error");
            json.WriteEndObject();
        }
        return new(batch.Tenant, batch.Id, line.Number, status < 400 ? 0 : 1, Encoding.UTF8.GetString(text.WrittenSpan));
    }
}
