using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>The one batching generator of each model, so that its callers meet there.</summary>
internal sealed class EmbeddingBatches
{
    private readonly ConditionalWeakTable<IUpstream, MicroBatchingEmbeddings> _generators = [];

    /// <returns>null when the provider makes no embeddings.</returns>
    public IEmbeddingGenerator<string, Embedding<float>>? Over(IUpstream upstream, TimeProvider time)
        => upstream.Embeddings is { } generator ? _generators.GetValue(upstream, _ => new(generator, new(), time)) : null;
}
