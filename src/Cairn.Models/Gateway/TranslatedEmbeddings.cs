using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Embeddings of a provider of another protocol, written in the caller's.</summary>
internal sealed class TranslatedEmbeddings(RawCall raw, Attempt attempt, ArrayBufferWriter<byte> body, CallUsage? usage) : IPassingReply
{
    public Attempt Attempt => attempt;

    public ReadOnlyMemory<byte>? Kept => raw.Keeps ? body.WrittenMemory : null;

    /// <exception cref="ProviderFailureException">The provider makes none, or failed.</exception>
    public static async Task<TranslatedEmbeddings> OpenAsync(RawCall raw, IEmbeddingsFormat format, Attempt attempt)
    {
        var generator = attempt.Embeddings(raw.Time)
            ?? throw new ProviderFailureException("provider.unsupported", attempt.Target.Text, "makes no embeddings",
                "Name a model that makes embeddings.");
        var call = format.ReadCall(raw.Body);
        attempt.Sent = true;
        var made = await generator.GenerateAsync(call.Texts, new EmbeddingGenerationOptions { Dimensions = call.Dimensions },
            attempt.Clock.Token);
        var body = new ArrayBufferWriter<byte>();
        format.WriteResponse(call, made, raw.Head.Model, body);
        return new(raw, attempt, body, made.Usage is { } usage ? CallUsage.Of(usage) : null);
    }

    public async Task PumpAsync(IReplySink sink)
    {
        attempt.Succeeded(usage, 0);
        sink.Begin(new ReplyHead(ReplyHead.Json, body.WrittenCount, null, raw.Call.Record));
        await sink.Body.WriteAsync(body.WrittenMemory, raw.CallerToken);
    }

    public ValueTask DisposeAsync()
    {
        attempt.Dispose();
        return ValueTask.CompletedTask;
    }
}
