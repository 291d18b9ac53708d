using System.Buffers;
using System.Net.Http.Headers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes a reply in the caller's protocol, whole or event by event as it comes.</summary>
/// <param name="headers">The provider's; null where there are none.</param>
/// <param name="kept">Where all that goes out is kept too; null: nowhere.</param>
internal sealed class ReplyWriter(
    IChatFormat format, ChatCall call, string model, bool streams, CallRecord record, IReplySink sink, HttpResponseHeaders? headers,
    ArrayBufferWriter<byte>? kept,
    CancellationToken cancellationToken)
{
    private readonly ArrayBufferWriter<byte> _bytes = kept ?? new();
    private int _sent;

    public async Task WriteAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        if (!streams)
        {
            await WriteAsync(await updates.CollectAsync(cancellationToken));
            return;
        }
        // What refuses before its first word is still an error with a status.
        await using var all = updates.GetAsyncEnumerator(cancellationToken);
        var more = await all.MoveNextAsync();
        if (more)
            record.Tell(all.Current.AdditionalProperties);
        sink.Begin(new ReplyHead(ReplyHead.Events, null, headers, record));
        var writer = format.WriteStream(call, model);
        for (; more; more = await all.MoveNextAsync())
        {
            writer.Write(all.Current, _bytes);
            await SendAsync();
        }
        writer.End(_bytes);
        await SendAsync();
    }

    public async Task WriteAsync(ChatResponse response)
    {
        record.Tell(response.AdditionalProperties);
        format.WriteResponse(call, response, model, _bytes);
        sink.Begin(new ReplyHead(ReplyHead.Json, _bytes.WrittenCount, headers, record));
        await sink.Body.WriteAsync(_bytes.WrittenMemory, cancellationToken);
    }

    private async ValueTask SendAsync()
    {
        if (_bytes.WrittenCount == _sent)
            return;
        await sink.Body.WriteAsync(_bytes.WrittenMemory[_sent..], cancellationToken);
        _sent = _bytes.WrittenCount;
        if (kept is not null)
            return;
        _bytes.ResetWrittenCount();
        _sent = 0;
    }
}
