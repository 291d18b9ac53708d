using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Translates between an embeddings protocol and Microsoft.Extensions.AI's types. Without state.</summary>
public interface IEmbeddingsFormat : IWireFormat
{
    /// <exception cref="CairnException">The body is no request of this protocol (<c>request.invalid</c>, naming the field).</exception>
    EmbeddingsCall ReadCall(ReadOnlyMemory<byte> body);

    void WriteResponse(EmbeddingsCall call, GeneratedEmbeddings<Embedding<float>> embeddings, string model, IBufferWriter<byte> output);
}
