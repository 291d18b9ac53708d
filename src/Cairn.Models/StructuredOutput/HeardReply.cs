using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>A reply of a provider that speaks the caller's protocol, whole.</summary>
/// <param name="Body">As it came, without the usage chunk that the caller did not ask for.</param>
/// <param name="Headers">The provider's.</param>
/// <param name="Usage">null when it was not told.</param>
/// <param name="OutputAtMost">What passed, in tokens.</param>
internal sealed record HeardReply(ReadOnlyMemory<byte> Body, HttpResponseHeaders Headers, CallUsage? Usage, long OutputAtMost)
{
    /// <summary>An answer that has to be held cannot be longer.</summary>
    private const int Longest = 4 << 20;

    /// <exception cref="ProviderFailureException">The provider refused, or what came is no reply.</exception>
    public static async Task<HeardReply> HearAsync(RawCall raw, Attempt attempt)
    {
        var target = attempt.Target;
        attempt.Sent = true;
        var cancellationToken = attempt.Clock.Token;
        using var response = await target.Open().SendAsync(raw.Protocol, new SplicedBody(raw, target.NameJson), cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await UpstreamStatus.ReadAsync(target, response, raw.Time, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        for (int read; (read = await stream.ReadAsync(body.GetMemory(4 * 1024), cancellationToken)) > 0;)
        {
            // A whole reply has no time between tokens: its length in time is bounded by the total alone, a second try's too.
            if (raw.Head.Stream)
                attempt.Clock.Progress();
            body.Advance(read);
            if (UpstreamStatus.LooksLikeHtml(body.WrittenSpan[..Math.Min(body.WrittenCount, 256)]))
                throw UpstreamStatus.Html(target, (int)response.StatusCode);
            if (body.WrittenCount > Longest)
                throw RawReply.NoReply(target, "gave an answer of more than 4 MB, too long to be held to its schema");
        }
        return raw.Head.Stream
            ? OfEvents(raw, attempt, response.Headers, body.WrittenSpan)
            : OfWhole(attempt, response.Headers, body.WrittenMemory);
    }

    private static HeardReply OfWhole(Attempt attempt, HttpResponseHeaders headers, ReadOnlyMemory<byte> body)
    {
        try
        {
            var usage = default(CallUsage);
            return new(body, headers, UsageText.Read(body.Span, ref usage) ? usage : null, body.Length);
        }
        catch (JsonException e)
        {
            throw RawReply.NoReply(attempt.Target, "answered with something that is not JSON", e);
        }
    }

    private static HeardReply OfEvents(RawCall raw, Attempt attempt, HttpResponseHeaders headers, ReadOnlySpan<byte> body)
    {
        var scan = default(EventScan);
        var passed = new ArrayBufferWriter<byte>(body.Length);
        for (int length; (length = EventScan.EventLength(body)) > 0; body = body[length..])
            Hear(body[..length]);
        if (EventScan.LastOf(body) is { Length: > 0 } last)
            Hear(last);
        return scan.Finished
            ? new(passed.WrittenMemory, headers, scan.Usage, scan.OutputAtMost)
            : throw AttemptLoop.Meaning(new IOException(), attempt)!;

        void Hear(ReadOnlySpan<byte> whole)
        {
            var kind = scan.Pass(whole);
            if (scan.Failed)
                throw RawReply.Reported(attempt.Target, whole);
            if (kind != EventKind.UsageOnly || !raw.HidesUsage)
                passed.Write(whole);
        }
    }
}
