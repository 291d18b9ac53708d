using System.Buffers;

namespace Cairn.Models;

/// <summary>The answer to a count of tokens where the provider has no such address: what the gateway itself counts.</summary>
internal sealed class CountedTokens(RawCall raw, Attempt attempt, ArrayBufferWriter<byte> body) : IPassingReply
{
    public Attempt Attempt => attempt;

    public ReadOnlyMemory<byte>? Kept => null;

    /// <exception cref="ProviderFailureException">Nothing here counts tokens.</exception>
    public static async Task<CountedTokens> OpenAsync(RawCall raw, ChatCall call, Attempt attempt, ITokenCounter? tokens)
    {
        if (tokens is null)
            throw new ProviderFailureException("provider.unsupported", attempt.Target.Text, "has no address that counts tokens",
                "Name a model of an anthropic provider.");
        var count = await tokens.CountAsync(attempt.Target.Name, call.Messages, call.Options, attempt.Clock.Token);
        var body = new ArrayBufferWriter<byte>();
        WireFormats.WriteCount(count.Tokens, body);
        return new(raw, attempt, body);
    }

    public async Task PumpAsync(IReplySink sink)
    {
        attempt.Succeeded(default(CallUsage), 0);
        sink.Begin(new ReplyHead(ReplyHead.Json, body.WrittenCount, null, raw.Call.Record));
        await sink.Body.WriteAsync(body.WrittenMemory, raw.CallerToken);
    }

    public ValueTask DisposeAsync()
    {
        attempt.Dispose();
        return ValueTask.CompletedTask;
    }
}
