using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Cairn.Models;

/// <summary>
/// A caller's body with the model's name, and where asked the switch for usage, put in its place: every other byte as it came.
/// </summary>
internal sealed class SplicedBody : HttpContent
{
    private const int LongestCopied = 64 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ReadOnlyMemory<byte> _body;
    private readonly Edit _first;
    private readonly Edit _second;

    public SplicedBody(RawCall call, ReadOnlyMemory<byte> modelJson)
        : this(call.Body, call.Head, modelJson, call.AsksForUsage)
    {
        foreach (var (name, value) in call.Headers)
            Headers.TryAddWithoutValidation(name, value);
    }

    public SplicedBody(ReadOnlyMemory<byte> body, RequestHead head, ReadOnlyMemory<byte> modelJson, bool askForUsage)
    {
        _body = body;
        var model = new Edit(head.ModelAt.Start.Value, head.ModelAt.End.Value, modelJson);
        var usage = askForUsage && !head.WantsUsage ? UsageEdit(head) : model;
        (_first, _second) = model.Start <= usage.Start ? (model, usage) : (usage, model);
        Headers.ContentType = Json;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <summary>Every write is a packet of its own to the provider, which costs more than to copy a usual body together.</summary>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Length <= LongestCopied)
        {
            var whole = ArrayPool<byte>.Shared.Rent(Length);
            try
            {
                await stream.WriteAsync(CopyTo(whole), cancellationToken);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(whole);
            }
            return;
        }
        await stream.WriteAsync(_body[.._first.Start], cancellationToken);
        await stream.WriteAsync(_first.Text, cancellationToken);
        if (!Single)
        {
            await stream.WriteAsync(Between, cancellationToken);
            await stream.WriteAsync(Last, cancellationToken);
        }
        await stream.WriteAsync(Rest, cancellationToken);
    }

    private ReadOnlyMemory<byte> CopyTo(byte[] whole)
    {
        var length = 0;
        Append(_body[.._first.Start].Span);
        Append(_first.Text.Span);
        Append(Between.Span);
        Append(Last.Span);
        Append(Rest.Span);
        return whole.AsMemory(0, length);

        void Append(ReadOnlySpan<byte> piece)
        {
            piece.CopyTo(whole.AsSpan(length));
            length += piece.Length;
        }
    }

    private bool Single => _first.Start == _second.Start;

    private ReadOnlyMemory<byte> Between => Single ? default : _body[_first.End.._second.Start];

    private ReadOnlyMemory<byte> Last => Single ? default : _second.Text;

    private ReadOnlyMemory<byte> Rest => _body[(Single ? _first.End : _second.End)..];

    private int Length => _first.Start + _first.Text.Length + Between.Length + Last.Length + Rest.Length;

    private static Edit UsageEdit(RequestHead head)
    {
        if (head.UsageSwitch is { } value)
            return new(value.Start.Value, value.End.Value,
                head.StreamOptionsNull ? "{\"include_usage\":true}"u8.ToArray() : "true"u8.ToArray());
        return head.InsideStreamOptions >= 0
            ? new(head.InsideStreamOptions, head.InsideStreamOptions,
                head.StreamOptionsEmpty ? "\"include_usage\":true"u8.ToArray() : "\"include_usage\":true,"u8.ToArray())
            : new(head.Inside, head.Inside, Added);
    }

    private static readonly ReadOnlyMemory<byte> Added = "\"stream_options\":{\"include_usage\":true},"u8.ToArray();

    private readonly record struct Edit(int Start, int End, ReadOnlyMemory<byte> Text);
}
