using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cairn.Bench;

/// <summary>
/// The model that everybody calls: reads the body, answers at once with about 600 bytes, or with 50 events written as five pieces.
/// </summary>
internal static class GatewayUpstream
{
    public const string Number = "0000000000000000";

    private const string Completion = """
        {"id":"chatcmpl-bench","object":"chat.completion","created":1760000000,"model":"bench-1","choices":[{"index":0,"message":{"role":"assistant","content":"Ships over 150 m book their berth four days ahead; the harbour master confirms within a day, and the pilot is ordered with it. Smaller ships may call on the working channel when they pass the outer buoy, and are given what is free.","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":112,"completion_tokens":54,"total_tokens":166},"system_fingerprint":"fp_bench"}
        """;

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(Completion.Trim());
    private static readonly byte[][] Pieces = MakePieces();

    /// <summary>About 600 bytes, with a number that can be made to differ.</summary>
    public static string Request(string model, bool stream)
        => $"{{\"model\":\"{model}\",\"messages\":[{{\"role\":\"system\",\"content\":\"You answer questions about a harbour's rules, briefly, and only from what you are given. If it is not there you say so.\"}},"
            + "{\"role\":\"user\",\"content\":\"The berth plan says that ships of more than 150 metres must be announced by their agent in good time, and that the harbour master answers within one working day. "
            + $"How long ahead does a ship of 180 metres have to book, and who orders the pilot? Case {Number}.\"}}],\"temperature\":0.2,\"max_tokens\":200{(stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "")}}}";

    public static async Task AnswerAsync(HttpContext context)
    {
        var streams = false;
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                var body = read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : System.Buffers.BuffersExtensions.ToArray(read.Buffer);
                streams = body.IndexOf("\"stream\":true"u8) >= 0;
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                break;
            }
            context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
        if (!streams)
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Whole.Length;
            await context.Response.BodyWriter.WriteAsync(Whole);
            return;
        }
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in Pieces)
            await context.Response.BodyWriter.WriteAsync(piece);
    }

    private static byte[][] MakePieces()
    {
        var events = Enumerable.Range(0, 48)
            .Select(i => $"data: {{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"bench-1\",\"choices\":[{{\"index\":0,\"delta\":{{{(i == 0 ? "\"role\":\"assistant\"," : "")}\"content\":\" word{i}\"}},\"logprobs\":null,\"finish_reason\":{(i == 47 ? "\"stop\"" : "null")}}}]}}\n\n")
            .Append("data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"bench-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":112,\"completion_tokens\":48,\"total_tokens\":160}}\n\n")
            .Append("data: [DONE]\n\n");
        return [.. events.Chunk(10).Select(c => Encoding.UTF8.GetBytes(string.Concat(c)))];
    }
}
