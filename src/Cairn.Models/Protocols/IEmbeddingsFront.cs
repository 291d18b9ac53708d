using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>As <see cref="IFront"/>, for embeddings.</summary>
public interface IEmbeddingsFront
{
    WireProtocol Protocol { get; }

    /// <exception cref="CairnException">The body is not what the protocol says (<see cref="ErrorKind.Input"/>).</exception>
    EmbeddingsRequest Read(ReadOnlyMemory<byte> body);

    void WriteReply(EmbeddingsRequest request, GeneratedEmbeddings<Embedding<float>> reply, string model, IBufferWriter<byte> to);
}
