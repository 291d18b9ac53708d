using System.Buffers;
using System.Text;
using System.Text.Json;
using Cairn.Testing;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>Runs a protocol's format on texts.</summary>
internal static class Wire
{
    public static IChatFormat Format(WireProtocol protocol)
        => new WireFormats(new SequentialIdentifiers(), new ManualTime()).Chat(protocol);

    public static ChatCall Read(WireProtocol protocol, string body) => Format(protocol).ReadCall(Encoding.UTF8.GetBytes(body));

    public static CairnException Mistake(WireProtocol protocol, string body)
        => Assert.ThrowsAny<CairnException>(() => Read(protocol, body));

    public static JsonElement Response(WireProtocol protocol, params AIContent[] contents) => Response(protocol, null, contents);

    public static JsonElement Response(WireProtocol protocol, ChatFinishReason? finish, params AIContent[] contents)
    {
        var output = new ArrayBufferWriter<byte>();
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. contents.Where(c => c is not UsageContent)]))
        {
            FinishReason = finish,
            Usage = contents.OfType<UsageContent>().FirstOrDefault()?.Details,
        };
        Format(protocol).WriteResponse(Call(), response, "m", output);
        return JsonElement.Parse(output.WrittenSpan);
    }

    /// <summary>One update per content.</summary>
    public static string Stream(WireProtocol protocol, ChatFinishReason? finish, params AIContent[] contents)
        => Stream(protocol, [.. contents.Select(c => new ChatResponseUpdate(ChatRole.Assistant, [c])),
            new ChatResponseUpdate { FinishReason = finish }]);

    public static string Stream(WireProtocol protocol, params ChatResponseUpdate[] updates)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = Format(protocol).WriteStream(Call(), "m");
        foreach (var update in updates)
            writer.Write(update, output);
        writer.End(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The data of each event.</summary>
    public static List<JsonElement> Events(string stream)
        => [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(e => e[(e.IndexOf("data: ", StringComparison.Ordinal) + 6)..]).Where(d => d != "[DONE]")
            .Select(d => JsonElement.Parse(d))];

    public static (int Status, JsonElement Body) Error(WireProtocol protocol, CairnException error)
    {
        var output = new ArrayBufferWriter<byte>();
        var status = Format(protocol).WriteError(error, output);
        return (status, JsonElement.Parse(output.WrittenSpan));
    }

    public static UsageContent Usage() => new(new()
    {
        InputTokenCount = 100, OutputTokenCount = 40, CachedInputTokenCount = 60, ReasoningTokenCount = 10,
        AdditionalCounts = new() { [CallUsage.CacheWriteName] = 20 },
    });

    private static ChatCall Call() => new() { Model = "m", Messages = [], Options = new(), Stream = true, StreamUsage = true };
}
