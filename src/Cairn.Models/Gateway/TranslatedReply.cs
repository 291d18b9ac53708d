using System.Buffers;

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
        await new ReplyWriter(format, call, raw.Head.Model, raw.Head.Stream, raw.Call.Record, sink, reply.Headers, kept, raw.CallerToken)
            .WriteAsync(reply.ReadAsync(raw.CallerToken));
        if (kept is { WrittenCount: > 0 and < LongestKept })
            Kept = kept.WrittenMemory;
    }

    public ValueTask DisposeAsync() => reply.DisposeAsync();
}
