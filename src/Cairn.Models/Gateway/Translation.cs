using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Opens calls at providers that speak another protocol than the caller, by way of Microsoft.Extensions.AI's types.</summary>
internal sealed class Translation(IEnumerable<IWireFormat> formats)
{
    private const int UsualCharacters = 4;

    private readonly Dictionary<WireProtocol, IWireFormat> _formats = formats.ToDictionary(f => f.Protocol);

    public async Task<IPassingReply> OpenAsync(RawCall raw, Attempt attempt)
    {
        switch (_formats.GetValueOrDefault(raw.Protocol))
        {
            case IChatFormat format:
                var call = format.ReadCall(raw.Body);
                return new TranslatedReply(raw, format, call, await ChatReply.OpenAsync(attempt, call.Messages, call.Options, raw.CallerToken));
            case IEmbeddingsFormat format:
                return await TranslatedEmbeddings.OpenAsync(raw, format, attempt);
            default:
                throw new ProviderFailureException("provider.unsupported", attempt.Target.Text, $"does not speak {raw.Protocol}, and nothing here translates it", "Name a model of a provider that does.");
        }
    }

    /// <summary>What a body asks for, told by names that can't be inside a text (their quotes would be escaped).</summary>
    public static CallNeeds NeedsOf(WireProtocol protocol, RequestHead head, ReadOnlySpan<byte> body)
    {
        var abilities = protocol == WireProtocol.OpenAiEmbeddings ? ModelAbilities.Embeddings : ModelAbilities.None;
        if (head.Tools)
            abilities |= ModelAbilities.Tools;
        if (head.JsonSchema && body.IndexOf("\"json_schema\""u8) >= 0)
            abilities |= ModelAbilities.JsonSchema;
        if (body.IndexOf("\"image_url\""u8) >= 0 || body.IndexOf("\"input_image\""u8) >= 0 || body.IndexOf("\"image\""u8) >= 0)
            abilities |= ModelAbilities.Vision;
        if (body.IndexOf("\"input_audio\""u8) >= 0)
            abilities |= ModelAbilities.Audio;
        return new(abilities, body.Length, head.MaxOutput);
    }

    public static CallNeeds NeedsOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var abilities = options?.Tools is { Count: > 0 } ? ModelAbilities.Tools : ModelAbilities.None;
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: not null })
            abilities |= ModelAbilities.JsonSchema;
        long bytes = 0;
        foreach (var content in messages.SelectMany(m => m.Contents))
        {
            bytes += content switch
            {
                TextContent text => text.Text.Length,
                DataContent data => data.Data.Length,
                _ => 64 * UsualCharacters,
            };
            if (content is DataContent or UriContent)
                abilities |= ModelAbilities.Vision;
        }
        return new(abilities, bytes, options?.MaxOutputTokens);
    }
}
