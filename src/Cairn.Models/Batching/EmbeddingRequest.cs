using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One caller's texts, waiting for a batch.</summary>
internal sealed class EmbeddingRequest(List<string> texts, EmbeddingGenerationOptions? options, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<GeneratedEmbeddings<Embedding<float>>> _result =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Texts => texts;

    public EmbeddingGenerationOptions? Options => options;

    public CancellationToken Cancellation => cancellation;

    public long Characters { get; } = texts.Sum(t => (long)t.Length);

    public Task<GeneratedEmbeddings<Embedding<float>>> Result => _result.Task;

    /// <summary>Requests of one kind can be answered by one call.</summary>
    public (string? Model, int? Dimensions) Kind => (options?.ModelId, options?.Dimensions);

    public void Succeed(GeneratedEmbeddings<Embedding<float>> embeddings) => _result.TrySetResult(embeddings);

    public void Fail(Exception error) => _result.TrySetException(error);

    public void Leave() => _result.TrySetCanceled(cancellation);
}
