using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Joins what several callers ask to embed at about the same time into one call of the model. Each gets their own vectors, their share of
/// the usage (by characters), and only their own error: a batch that the provider refuses is asked again caller by caller. Whoever leaves
/// takes only their texts along.
/// </summary>
public sealed class MicroBatchingEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly IEmbeddingGenerator<string, Embedding<float>> _inner;
    private readonly MicroBatchOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<EmbeddingRequest> _waiting;
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _closing = new();

    public MicroBatchingEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, MicroBatchOptions options, TimeProvider time)
    {
        (_inner, _options, _time) = (inner, options, time);
        _waiting = Channel.CreateBounded<EmbeddingRequest>(new BoundedChannelOptions(options.MaxWaiting) { SingleReader = true });
        _places = new SemaphoreSlim(options.MaxConcurrent);
        _ = Task.Run(CollectAsync);
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        // What fills a batch by itself, or says more than a batch can share, goes alone.
        if (texts.Count >= _options.MaxTexts || texts.Count == 0
            || options is { AdditionalProperties.Count: > 0 } or { RawRepresentationFactory: not null })
            return await _inner.GenerateAsync(texts, options, cancellationToken);
        var request = new EmbeddingRequest(texts, options, cancellationToken);
        await using var _ = cancellationToken.UnsafeRegister(static r => ((EmbeddingRequest)r!).Leave(), request);
        await _waiting.Writer.WriteAsync(request, cancellationToken);
        return await request.Result;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _inner.GetService(serviceType, serviceKey);

    /// <summary>Takes no more; callers who wait get an error.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _closing.Cancel();
        _inner.Dispose();
    }

    private async Task CollectAsync()
    {
        EmbeddingRequest? over = null;
        try
        {
            while (over is not null || await _waiting.Reader.WaitToReadAsync(_closing.Token))
            {
                var batch = new List<EmbeddingRequest>();
                over = await FillAsync(batch, over);
                await _places.WaitAsync(_closing.Token);
                _ = SendAndLeaveAsync(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // Closing: nobody is served any more.
        }
        over?.Fail(new ObjectDisposedException(nameof(MicroBatchingEmbeddings)));
        while (_waiting.Reader.TryRead(out var left))
            left.Fail(new ObjectDisposedException(nameof(MicroBatchingEmbeddings)));
    }

    /// <returns>A request that no longer fits, or is of another kind: the next batch begins with it.</returns>
    private async Task<EmbeddingRequest?> FillAsync(List<EmbeddingRequest> batch, EmbeddingRequest? first)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        using var delay = new CancellationTokenSource(_options.MaxDelay, _time);
        using var stop = delay.Token.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), enough);
        var texts = 0;
        try
        {
            while (texts < _options.MaxTexts)
            {
                var request = first ?? await _waiting.Reader.ReadAsync(enough.Token);
                first = null;
                if (batch.Count > 0 && (request.Kind != batch[0].Kind || texts + request.Texts.Count > _options.MaxTexts))
                    return request;
                batch.Add(request);
                texts += request.Texts.Count;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // The delay is over, or no more will come: what is there goes.
        }
        return null;
    }

    private async Task SendAndLeaveAsync(List<EmbeddingRequest> batch)
    {
        try
        {
            await SendAsync(batch);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task SendAsync(List<EmbeddingRequest> batch)
    {
        batch = [.. batch.Where(r => !r.Cancellation.IsCancellationRequested)];
        if (batch.Count == 0)
            return;
        try
        {
            var all = await CallAsync(batch);
            var start = 0;
            foreach (var request in batch)
            {
                request.Succeed(Share(all, request, start, batch));
                start += request.Texts.Count;
            }
        }
        catch (Exception e)
        {
            // Whose text it was nobody knows: what the provider calls wrong is asked again for each alone.
            if (batch.Count == 1 || e is not CairnException { Kind: ErrorKind.Input or ErrorKind.TooLarge })
                batch.ForEach(r => r.Fail(e));
            else
            {
                foreach (var request in batch)
                    await SendAsync([request]);
            }
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> CallAsync(List<EmbeddingRequest> batch)
    {
        // The call ends early only when nobody wants it any more.
        using var nobody = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var wanting = batch.Count;
        var registrations = batch.Select(r => r.Cancellation.UnsafeRegister(_ =>
        {
            if (Interlocked.Decrement(ref wanting) == 0)
                nobody.Cancel();
        }, null)).ToList();
        try
        {
            var texts = batch.SelectMany(r => r.Texts).ToList();
            var all = await _inner.GenerateAsync(texts, batch[0].Options, nobody.Token);
            return all.Count == texts.Count ? all : throw new ProviderFailureException(
                "provider.malformed", batch[0].Options?.ModelId ?? "embeddings", $"gave {all.Count} vectors for {texts.Count} texts",
                "See what its server logs.");
        }
        finally
        {
            foreach (var registration in registrations)
                await registration.DisposeAsync();
        }
    }

    private static GeneratedEmbeddings<Embedding<float>> Share(
        GeneratedEmbeddings<Embedding<float>> all, EmbeddingRequest request, int start, List<EmbeddingRequest> batch)
    {
        var own = new GeneratedEmbeddings<Embedding<float>>(all.Skip(start).Take(request.Texts.Count));
        if (all.Usage is not { } usage)
            return own;
        var characters = Math.Max(1, batch.Sum(r => r.Characters));
        // Rounded up: shares together are never less than the whole.
        long? Part(long? count) => count is { } tokens ? (tokens * request.Characters + characters - 1) / characters : null;
        own.Usage = new UsageDetails { InputTokenCount = Part(usage.InputTokenCount), TotalTokenCount = Part(usage.TotalTokenCount) };
        return own;
    }
}
