using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A chat reply written in the caller's protocol as it comes.</summary>
internal sealed class TranslatedReply(RawCall raw, IChatFormat format, ChatCall call, ChatReply reply) : IPassingReply
{
    private const int LongestKept = 1 << 20;

    public Attempt Attempt => reply.Attempt;

    public ReadOnlyMemory<byte>? Kept { get; private set; }

    public async Task PumpAsync(IReplySink sink)
    {
        var kept = raw.Keeps ? new ArrayBufferWriter<byte>() : null;
        if (raw.Head.Stream)
            await PumpEventsAsync(sink, kept);
        else
            await PumpWholeAsync(sink, kept);
        if (kept is { WrittenCount: > 0 and < LongestKept })
            Kept = kept.WrittenMemory;
    }

    public ValueTask DisposeAsync() => reply.DisposeAsync();

    private async Task PumpWholeAsync(IReplySink sink, ArrayBufferWriter<byte>? kept)
    {
        var response = await reply.ReadAsync(raw.CallerToken).CollectAsync(raw.CallerToken);
        var body = kept ?? new ArrayBufferWriter<byte>();
        format.WriteResponse(call, response, raw.Head.Model, body);
        sink.Begin(new ReplyHead(ReplyHead.Json, body.WrittenCount, null, raw.Call.Record));
        await sink.Body.WriteAsync(body.WrittenMemory, raw.CallerToken);
    }

    private async Task PumpEventsAsync(IReplySink sink, ArrayBufferWriter<byte>? kept)
    {
        sink.Begin(new ReplyHead(ReplyHead.Events, null, null, raw.Call.Record));
        var writer = format.WriteStream(call, raw.Head.Model);
        var events = kept ?? new ArrayBufferWriter<byte>();
        var sent = 0;
        await foreach (var update in reply.ReadAsync(raw.CallerToken))
        {
            writer.Write(update, events);
            await SendAsync();
        }
        writer.End(events);
        await SendAsync();

        async ValueTask SendAsync()
        {
            if (events.WrittenCount == sent)
                return;
            await sink.Body.WriteAsync(events.WrittenMemory[sent..], raw.CallerToken);
            sent = events.WrittenCount;
            if (kept is null)
            {
                events.ResetWrittenCount();
                sent = 0;
            }
        }
    }
}
