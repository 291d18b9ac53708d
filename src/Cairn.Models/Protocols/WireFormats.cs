using System.Buffers;
using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>The protocols that callers may speak.</summary>
public sealed class WireFormats(IIdentifiers identifiers, TimeProvider time)
{
    /// <summary>Each has a format of its own.</summary>
    public static ImmutableArray<WireProtocol> Protocols { get; } =
        [WireProtocol.OpenAiChat, WireProtocol.OpenAiResponses, WireProtocol.OpenAiEmbeddings, WireProtocol.AnthropicMessages];

    private readonly OpenAiChatFormat _chat = new(identifiers, time);
    private readonly OpenAiResponsesFormat _responses = new(identifiers, time);
    private readonly AnthropicFormat _messages = new(identifiers);

    public IEmbeddingsFormat Embeddings { get; } = new OpenAiEmbeddingsFormat();

    /// <param name="protocol">Any but that of embeddings; counting tokens reads the same body as a message.</param>
    public IChatFormat Chat(WireProtocol protocol) => protocol switch
    {
        WireProtocol.OpenAiChat => _chat,
        WireProtocol.OpenAiResponses => _responses,
        WireProtocol.AnthropicMessages or WireProtocol.AnthropicCountTokens => _messages,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "no chat"),
    };

    public IWireFormat Of(WireProtocol protocol) => protocol == WireProtocol.OpenAiEmbeddings ? Embeddings : Chat(protocol);

    /// <summary>Writes the answer to <see cref="WireProtocol.AnthropicCountTokens"/>.</summary>
    public static void WriteCount(long tokens, IBufferWriter<byte> output)
        => WireJson.Write(output, json => json.WriteNumber("input_tokens", tokens));
}
