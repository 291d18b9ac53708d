using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Passes whole events of a stream on, up to the one that begins a call of a strict tool; from there it keeps them.</summary>
internal sealed class CallHold(PipeWriter output, WireProtocol protocol, ToolContracts tools, Target target) : PipeWriter
{
    /// <summary>What has to be held cannot be longer.</summary>
    private const int Longest = 4 << 20;

    private readonly ArrayBufferWriter<byte> _held = new();
    private readonly WireAnswer _answer = new();
    private int _read;
    private bool _holds;

    public override void Advance(int bytes) => _held.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _held.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _held.GetSpan(sizeHint);

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
    }

    /// <exception cref="ProviderFailureException">An event cannot be read, or the calls are too long to be held.</exception>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var all = _held.WrittenSpan;
        for (int length; (length = EventScan.EventLength(all[_read..])) > 0; _read += length)
        {
            _holds |= BeginsCall(all.Slice(_read, length));
            if (!_holds)
                output.Write(all.Slice(_read, length));
        }
        if (!_holds)
        {
            var rest = all[_read..].ToArray();
            _held.ResetWrittenCount();
            _held.Write(rest);
            _read = 0;
        }
        return _held.WrittenCount <= Longest
            ? output.FlushAsync(cancellationToken)
            : throw RawReply.NoReply(target, "called tools with more than 4 MB, too long to be held to a schema");
    }

    /// <exception cref="StructuredOutputException">A call breaks its tool's schema.</exception>
    public void Judge(CallUsage? usage)
    {
        foreach (var choice in _answer.Choices)
        {
            ImmutableArray<SchemaViolation> violations = [.. choice.Calls.SelectMany(call => tools.Judge(call.Name, call.Arguments))];
            if (!violations.IsEmpty)
                throw StructuredOutputChatClient.Failure(
                    [new(1, null, choice.Finish, violations)], new() { InputTokenCount = usage?.Input, OutputTokenCount = usage?.Output });
        }
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken) => await output.WriteAsync(_held.WrittenMemory, cancellationToken);

    private bool BeginsCall(ReadOnlySpan<byte> whole)
    {
        var at = whole.IndexOf("data:"u8);
        var data = at < 0 ? default : whole[(at + 5)..].Trim(" \r\n"u8);
        if (data.IsEmpty || data.SequenceEqual("[DONE]"u8))
            return false;
        try
        {
            _answer.Add(protocol, data.ToArray());
        }
        catch (JsonException e)
        {
            throw RawReply.NoReply(target, "sent an event that is not JSON", e);
        }
        return _answer.BeginsCallOf(tools);
    }
}
