using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cairn.Server.Tests;

/// <summary>
/// A server that speaks Bedrock's ConverseStream (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html,
/// messages as https://smithy.io/2.0/aws/amazon-eventstream.html has them) and says what tests/js/clients/script.yaml says.
/// </summary>
internal static class FakeBedrock
{
    public static Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var said = body["messages"]!.AsArray().Where(m => m!["role"]!.GetValue<string>() == "user")
            .SelectMany(m => m!["content"]!.AsArray())
            .ToList();
        var asked = said.FindLastIndex(b => b!["text"] is not null);
        var question = said[asked]!["text"]!.GetValue<string>();
        if (question is "busy" or "overloaded")
        {
            context.Response.StatusCode = question == "busy" ? 429 : 503;
            await context.Response.WriteAsJsonAsync(new { message = "Too many requests, please wait before trying again." });
            return;
        }
        context.Response.ContentType = "application/vnd.amazon.eventstream";
        await SendAsync(context, "messageStart", """{"role":"assistant"}""");
        var sent = 0;
        foreach (var (type, payload) in Reply(question, [.. said.Skip(asked + 1).Select(b => b!["toolResult"]).OfType<JsonNode>()]))
        {
            await SendAsync(context, type, payload);
            // It goes on only when the caller leaves.
            if (question == "slow" && ++sent == 2)
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
    }

    private static IEnumerable<(string Type, string Payload)> Reply(string question, List<JsonNode> results)
        => (question, results.Count) switch
    {
        ("weather?", 0) => [.. Text(0, "I look."), .. Call(1, "weather", """{\"city\": \"Oslo\"}"""),
            .. Call(2, "weather", """{\"city\": \"Rome\"}"""), .. End("tool_use")],
        ("weather?", 2) => [.. Call(0, "tide", "{}"), .. End("tool_use")],
        ("weather?", _) => [.. Text(0, $"The tide is {results[^1]["content"]![0]!["text"]!.GetValue<string>()}."), .. End("end_turn")],
        ("think", _) =>
        [
            ("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Let me think of it."}}}"""),
            ("contentBlockStop", """{"contentBlockIndex":0}"""), .. Text(1, "Forty-two."),
            .. End("end_turn", """{"inputTokens":56,"cacheReadInputTokens":64,"outputTokens":30,"totalTokens":150}"""),
        ],
        ("as json", _) => [.. Text(0, """{\"city\": \"Oslo\", \"berths\": 4}"""), .. End("end_turn")],
        ("too long", _) => [.. Text(0, "Ships have"), .. End("max_tokens")],
        ("filtered", _) => [.. Text(0, "Sh"), .. End("content_filtered")],
        ("slow", _) => [.. Text(0, [.. Enumerable.Range(0, 20).Select(i => $"{i} ")]), .. End("end_turn")],
        // Ends without a reason.
        ("broken", _) => Text(0, "Half ", "an an").SkipLast(1),
        _ => [.. Text(0, "Four ", "dàys."), .. End("end_turn")],
    };

    private static IEnumerable<(string, string)> Text(int index, params string[] pieces)
        => [.. pieces.Select(p => ("contentBlockDelta", $$$"""{"contentBlockIndex":{{{index}}},"delta":{"text":"{{{p}}}"}}""")),
            ("contentBlockStop", $$"""{"contentBlockIndex":{{index}}}""")];

    private static IEnumerable<(string, string)> Call(int index, string name, string input) =>
    [
        ("contentBlockStart", $$$$"""{"contentBlockIndex":{{{{index}}}},"start":{"toolUse":{"toolUseId":"use-{{{{index}}}}","name":"{{{{name}}}}"}}}"""),
        ("contentBlockDelta", $$$$"""{"contentBlockIndex":{{{{index}}}},"delta":{"toolUse":{"input":"{{{{input}}}}"}}}"""),
        ("contentBlockStop", $$"""{"contentBlockIndex":{{index}}}"""),
    ];

    private static IEnumerable<(string, string)> End(
        string reason, string usage = """{"inputTokens":9,"outputTokens":4,"totalTokens":13}""")
        => [("messageStop", $$"""{"stopReason":"{{reason}}"}"""), ("metadata", $$$"""{"usage":{{{usage}}},"metrics":{"latencyMs":1}}""")];

    private static async Task SendAsync(HttpContext context, string type, string payload)
    {
        byte[] headers =
        [
            .. Header(":event-type", type), .. Header(":content-type", "application/json"), .. Header(":message-type", "event"),
        ];
        var body = Encoding.UTF8.GetBytes(payload);
        var message = new byte[16 + headers.Length + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Checksum(message.AsSpan(0, 8)));
        headers.CopyTo(message, 12);
        body.CopyTo(message, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(message.Length - 4), Checksum(message.AsSpan(0, message.Length - 4)));
        await context.Response.Body.WriteAsync(message);
        await context.Response.Body.FlushAsync();
    }

    private static byte[] Header(string name, string value) =>
    [
        (byte)name.Length, .. Encoding.UTF8.GetBytes(name), 7, (byte)(value.Length >> 8), (byte)value.Length,
        .. Encoding.UTF8.GetBytes(value),
    ];

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
