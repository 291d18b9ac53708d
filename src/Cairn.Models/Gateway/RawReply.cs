using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// A reply that passes through as the provider sent it. A stream goes on event by event as it comes; a reply that is not one is held until
/// it is whole (or longer than a megabyte), so that half a reply and no JSON are failures while another model can still be asked.
/// </summary>
internal sealed class RawReply : IPassingReply
{
    private const int UsualBuffer = 16 * 1024;
    private const int LongestEvent = 4 << 20;
    private const int LongestHeld = 1 << 20;
    private const int Tail = 64 * 1024;

    private readonly RawCall _raw;
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly KeptBytes? _kept;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _ended;
    private EventScan _scan;
    private CallUsage? _usage;
    private ProviderFailureException? _reported;

    private RawReply(RawCall raw, Attempt attempt, HttpResponseMessage response, Stream stream)
    {
        (_raw, Attempt, _response, _stream) = (raw, attempt, response, stream);
        var known = raw.Head.Stream ? 0 : Math.Min(response.Content.Headers.ContentLength ?? 0, LongestHeld) + 1;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(UsualBuffer, (int)known));
        _kept = raw.Keeps ? new KeptBytes(LongestHeld) : null;
    }

    public Attempt Attempt { get; }

    public ReadOnlyMemory<byte>? Kept { get; private set; }

    /// <summary>Judges a stream that has come whole, before it counts as answered; null: nobody does.</summary>
    public Action? Judge { get; set; }

    /// <exception cref="ProviderFailureException">The provider refused, or what came is no reply.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<IPassingReply> OpenAsync(RawCall raw, Attempt attempt)
    {
        var target = attempt.Target;
        var upstream = target.Open();
        attempt.Sent = true;
        var cancellationToken = attempt.Clock.Token;
        var response = await upstream.SendAsync(raw.Protocol, new SplicedBody(raw, target.NameJson), cancellationToken);
        RawReply? reply = null;
        try
        {
            if (!response.IsSuccessStatusCode)
                throw await UpstreamStatus.ReadAsync(target, response, raw.Time, cancellationToken);
            reply = new RawReply(raw, attempt, response, await response.Content.ReadAsStreamAsync(cancellationToken));
            await (raw.Head.Stream ? reply.AwaitFirstEventAsync() : reply.AwaitWholeAsync());
            return reply;
        }
        catch
        {
            // How the attempt failed is its caller's to say.
            reply?.Free();
            response.Dispose();
            throw;
        }
    }

    public async Task PumpAsync(IReplySink sink)
    {
        var streams = _raw.Head.Stream;
        sink.Begin(new ReplyHead(streams ? ReplyHead.Events : ReplyHead.Json, !streams && _ended ? _end : null, _response.Headers,
            _raw.Call.Record));
        // It is all there: the provider's part has ended, and whoever has read the reply finds it booked.
        if (!streams && _ended)
            Attempt.Succeeded(Usage, OutputAtMost);
        try
        {
            if (streams)
                await PumpEventsAsync(sink);
            else
                await PumpWholeAsync(sink);
            Judge?.Invoke();
        }
        catch (Exception e)
        {
            if (_raw.CallerLeft)
                Attempt.Abandoned(Usage, OutputAtMost);
            else if (AttemptLoop.Meaning(e, Attempt) is { } failure)
            {
                Attempt.Failed(failure, Usage, OutputAtMost);
                if (failure != e)
                    throw failure;
            }
            throw;
        }
        Attempt.Succeeded(Usage, OutputAtMost);
        if (_kept?.Take() is { } kept)
            Kept = kept;
    }

    public async ValueTask DisposeAsync()
    {
        Attempt.Abandoned(Usage, OutputAtMost);
        Attempt.Dispose();
        await _stream.DisposeAsync();
        _response.Dispose();
        Free();
    }

    private void Free()
    {
        _kept?.Dispose();
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    public CallUsage? Usage => _scan.Usage ?? _usage;

    private long OutputAtMost => _raw.Head.Stream ? _scan.OutputAtMost : SaysNoOutput ? 0 : long.MaxValue;

    /// <summary>A filter took everything: the provider says that it wrote no token, which is not that it says nothing.</summary>
    private bool SaysNoOutput => _ended && _usage is { Output: 0 } && (Holds("\"completion_tokens\""u8) || Holds("\"output_tokens\""u8));

    private bool Holds(ReadOnlySpan<byte> name) => _buffer.AsSpan(0, _end).IndexOf(name) >= 0;

    private async Task AwaitFirstEventAsync()
    {
        var from = 0;
        while (true)
        {
            if (UpstreamStatus.LooksLikeHtml(_buffer.AsSpan(0, _end)))
                throw UpstreamStatus.Html(Attempt.Target, (int)_response.StatusCode);
            for (int length; (length = EventScan.EventLength(_buffer.AsSpan(from, _end - from))) > 0; from += length)
            {
                if (Begins(_buffer.AsSpan(from, length)))
                    return;
            }
            if (await ReadAsync())
                continue;
            if (Begins(EventScan.LastOf(_buffer.AsSpan(from, _end - from))))
                return;
            throw _end == 0 || !LooksLikeEvents(_buffer.AsSpan(0, _end))
                ? NoReply(Attempt.Target, "gave no stream of events")
                : AttemptLoop.Meaning(new IOException(), Attempt)!;
        }
    }

    /// <summary>Whether an event is one of an answer's. Comments say that somebody is there, not that the model answers.</summary>
    private bool Begins(ReadOnlySpan<byte> whole)
    {
        var peek = default(EventScan);
        if (peek.Pass(whole) == EventKind.Comment)
            return false;
        if (peek.Failed)
            throw Reported(Attempt.Target, whole);
        return EventScan.IsWhole(whole) ? true : throw NoReply(Attempt.Target, "sent an event that is not JSON");
    }

    private async Task AwaitWholeAsync()
    {
        while (_end <= LongestHeld && await ReadAsync())
        {
            if (UpstreamStatus.LooksLikeHtml(_buffer.AsSpan(0, Math.Min(_end, 256))))
                throw UpstreamStatus.Html(Attempt.Target, (int)_response.StatusCode);
        }
        if (!_ended)
        {
            _usage = UsageInTail(_buffer.AsSpan(0, _end));
            return;
        }
        try
        {
            var usage = default(CallUsage);
            if (UsageText.Read(_buffer.AsSpan(0, _end), ref usage))
                _usage = usage;
        }
        catch (JsonException e)
        {
            throw NoReply(Attempt.Target, "answered with something that is not JSON", e);
        }
    }

    private async Task PumpEventsAsync(IReplySink sink)
    {
        while (true)
        {
            Forward(sink);
            await FlushAsync(sink);
            // Its own event is not passed on: a provider's word on an error may quote the key.
            if (_reported is { } reported)
                throw reported;
            Attempt.Clock.Progress();
            try
            {
                if (await ReadAsync())
                    continue;
            }
            catch (Exception e) when (_scan.Finished && e is IOException or HttpRequestException)
            {
                // Everything was said before the connection broke.
            }
            break;
        }
        ForwardRest(sink);
        if (!_scan.Finished)
            throw AttemptLoop.Meaning(new IOException(), Attempt)!;
        await FlushAsync(sink);
    }

    /// <summary>A caller who reads slowly does not make the provider look slow.</summary>
    private async ValueTask FlushAsync(IReplySink sink)
    {
        Attempt.Clock.Pause();
        await sink.Body.FlushAsync(_raw.CallerToken);
        Attempt.Clock.Resume();
    }

    /// <summary>Writes the whole events that are there, without the one that the caller did not ask for.</summary>
    private void Forward(IReplySink sink)
    {
        var (at, from) = (_start, _start);
        var marks = EventScan.MarksIn(_buffer.AsSpan(_start, _end - _start));
        for (int length; (length = EventScan.EventLength(_buffer.AsSpan(at, _end - at))) > 0; at += length)
        {
            var kind = _scan.Pass(_buffer.AsSpan(at, length), marks);
            if (_scan.Failed)
            {
                _reported = Reported(Attempt.Target, _buffer.AsSpan(at, length));
                break;
            }
            if (kind == EventKind.UsageOnly && _raw.HidesUsage)
            {
                Write(sink, _buffer.AsSpan(from, at - from));
                from = at + length;
            }
        }
        Write(sink, _buffer.AsSpan(from, at - from));
        _start = at;
    }

    private void ForwardRest(IReplySink sink)
    {
        var last = EventScan.LastOf(_buffer.AsSpan(_start, _end - _start));
        var kind = _scan.Pass(last);
        if (_scan.Failed)
            throw Reported(Attempt.Target, last);
        if (kind != EventKind.UsageOnly || !_raw.HidesUsage)
            Write(sink, last);
    }

    private async Task PumpWholeAsync(IReplySink sink)
    {
        Write(sink, _buffer.AsSpan(0, _end));
        if (_ended)
        {
            await FlushAsync(sink);
            return;
        }
        var tail = new ArrayBufferWriter<byte>();
        while (!_ended)
        {
            await FlushAsync(sink);
            Attempt.Clock.Progress();
            (_start, _end) = (0, 0);
            if (!await ReadAsync())
                break;
            Write(sink, _buffer.AsSpan(0, _end));
            Remember(tail, _buffer.AsSpan(0, _end));
        }
        _usage ??= UsageInTail(tail.WrittenSpan);
        await FlushAsync(sink);
    }

    private void Write(IReplySink sink, ReadOnlySpan<byte> bytes)
    {
        sink.Body.Write(bytes);
        _kept?.Write(bytes);
    }

    private static void Remember(ArrayBufferWriter<byte> tail, ReadOnlySpan<byte> bytes)
    {
        if (tail.WrittenCount + bytes.Length > 2 * Tail)
        {
            var last = tail.WrittenSpan[Math.Max(0, tail.WrittenCount - Tail)..].ToArray();
            tail.ResetWrittenCount();
            tail.Write(last);
        }
        tail.Write(bytes);
    }

    /// <summary>The last <c>usage</c> object in a piece of a reply that is too long to be read whole.</summary>
    private static CallUsage? UsageInTail(ReadOnlySpan<byte> piece)
    {
        var at = piece.LastIndexOf("\"usage\""u8);
        if (at < 0)
            return null;
        var open = piece[at..].IndexOf((byte)'{');
        if (open < 0)
            return null;
        try
        {
            var reader = new Utf8JsonReader(piece[(at + open)..], isFinalBlock: false, default);
            if (!reader.Read() || !reader.TrySkip())
                return null;
            var usage = default(CallUsage);
            byte[] alone = [.. "{\"usage\":"u8, .. piece.Slice(at + open, (int)reader.BytesConsumed), (byte)'}'];
            return UsageText.Read(alone, ref usage) ? usage : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>False at the end.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadAsync()
    {
        if (_start > 0 && _end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Grow();
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), Attempt.Clock.Token);
        _end += read;
        _ended = read == 0;
        return !_ended;
    }

    private void Grow()
    {
        if (_end > LongestEvent)
            throw NoReply(Attempt.Target, "sent an event that is longer than 4 MB");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static bool LooksLikeEvents(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.TrimStart("\uFEFF\r\n"u8);
        return start.StartsWith("data:"u8) || start.StartsWith("event:"u8) || start.StartsWith(":"u8) || start.StartsWith("id:"u8)
            || start.StartsWith("retry:"u8);
    }

    public static ProviderFailureException NoReply(Target target, string what, Exception? inner = null)
        => new("provider.malformed", target.Text, what, "See what the provider's server logs.", inner);

    public static ProviderFailureException Reported(Target target, ReadOnlySpan<byte> whole)
    {
        var data = System.Text.Encoding.UTF8.GetString(whole[(whole.IndexOf("data:"u8) + 5)..].Trim(" \r\n"u8));
        return new("provider.failed", target.Text, $"reported an error: {ProviderFailures.Plain(ErrorBody.MessageOf(data) ?? data)}",
            "Try again later, or name a second model in the route.");
    }
}
