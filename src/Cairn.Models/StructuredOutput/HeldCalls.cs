namespace Cairn.Models;

/// <summary>
/// A stream of the caller's own protocol whose strict tools are called as the model likes: words go out as they come, and from the first
/// call of such a tool on everything waits until the calls are whole and valid. What was shown cannot be taken back, so there is no second
/// try.
/// </summary>
internal sealed class HeldCalls(RawReply inner, RawCall raw, ToolContracts tools) : IPassingReply
{
    private bool _passed;

    public Attempt Attempt => inner.Attempt;

    public ReadOnlyMemory<byte>? Kept => _passed ? inner.Kept : null;

    /// <exception cref="StructuredOutputException">A call was not valid; nothing of it has gone out.</exception>
    /// <exception cref="ProviderFailureException">It broke off, or an event cannot be read.</exception>
    public async Task PumpAsync(IReplySink sink)
    {
        var held = new CallHold(sink.Body, raw.Protocol, tools, Attempt.Target);
        inner.Judge = () => held.Judge(inner.Usage);
        await inner.PumpAsync(new Sink(sink, held));
        await held.ReleaseAsync(raw.CallerToken);
        _passed = true;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Sink(IReplySink outer, CallHold held) : IReplySink
    {
        public System.IO.Pipelines.PipeWriter Body => held;

        public bool FailureTold
        {
            get => outer.FailureTold;
            set => outer.FailureTold = value;
        }

        public void Begin(ReplyHead head) => outer.Begin(head);
    }
}
