using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Opens calls at providers that speak another protocol than the caller, by way of Microsoft.Extensions.AI's types.</summary>
internal sealed class Translation(WireFormats formats)
{
    private const int UsualCharacters = 4;

    /// <summary>What a protocol puts around a message or a part, in tokens at most.</summary>
    private const int AroundPart = 8;

    public async Task<IPassingReply> OpenAsync(RawCall raw, Attempt attempt, ITokenCounter? tokens)
    {
        if (raw.Protocol == WireProtocol.OpenAiEmbeddings)
            return await TranslatedEmbeddings.OpenAsync(raw, formats.Embeddings, attempt);
        var format = formats.Chat(raw.Protocol);
        var call = format.ReadCall(raw.Body);
        if (raw.Protocol == WireProtocol.AnthropicCountTokens)
            return await CountedTokens.OpenAsync(raw, call, attempt, tokens);
        return new TranslatedReply(raw, format, call, await ChatReply.OpenAsync(attempt, call.Messages, call.Options));
    }

    /// <summary>An app's answer in the caller's protocol. Its own calls of models are calls of their own.</summary>
    public async Task AnswerAsync(
        IChatClient app, GatewayRequest request, string model, IReplySink sink, CallRecord record, CancellationToken cancellationToken)
    {
        if (request.Protocol is WireProtocol.OpenAiEmbeddings or WireProtocol.AnthropicCountTokens)
            throw new CairnException(ErrorKind.Input, "app.chat-only",
                "An app answers questions; it makes no embeddings and counts no tokens.", "Name a route or a model.");
        var format = formats.Chat(request.Protocol);
        var call = format.ReadCall(request.Body);
        if (call.Options.Tools is { Count: > 0 })
            throw new CairnException(ErrorKind.Input, "app.tools", "An app takes no tools from its caller.",
                "Leave 'tools' out, or name a route or a model.");
        var writer = new ReplyWriter(format, call, model, call.Stream, record, sink, null, null, cancellationToken);
        if (call.Stream)
            await writer.WriteAsync(app.GetStreamingResponseAsync(call.Messages, call.Options, cancellationToken));
        else
            await writer.WriteAsync(await app.GetResponseAsync(call.Messages, call.Options, cancellationToken));
    }

    /// <summary>Reads a body that no model of the route takes as it is: what is wrong with it is no attempt's failure.</summary>
    /// <exception cref="CairnException"><c>request.invalid</c>, <c>request.unsupported</c>.</exception>
    public void Check(GatewayRequest request, GatewayCall call, IModelCatalog? catalog)
    {
        try
        {
            foreach (var target in call.Route.Targets)
            {
                if (call.Passes(target, catalog))
                    return;
            }
        }
        catch (ProviderFailureException)
        {
            // A provider that is not there is told of at its attempt.
            return;
        }
        if (request.Protocol == WireProtocol.OpenAiEmbeddings)
            formats.Embeddings.ReadCall(request.Body);
        else
            formats.Chat(request.Protocol).ReadCall(request.Body);
    }

    /// <returns>null for a body that only its provider can read.</returns>
    public (IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)? Read(WireProtocol protocol, ReadOnlyMemory<byte> body)
    {
        try
        {
            var call = formats.Chat(protocol).ReadCall(body);
            return (call.Messages, call.Options);
        }
        catch (CairnException)
        {
            return null;
        }
    }

    /// <summary>The texts that are to be embedded; none where only the provider can read them.</summary>
    public IReadOnlyList<string> ReadTexts(RawCall raw)
    {
        try
        {
            return formats.Embeddings.ReadCall(raw.Body).Texts;
        }
        catch (CairnException)
        {
            return [];
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
        var strict = head.Tools && body.IndexOf("\"strict\""u8) >= 0;
        return new(abilities, body.Length, head.MaxOutput) { Refers = head.Refers, StrictTools = strict };
    }

    public static CallNeeds NeedsOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var abilities = options?.Tools is { Count: > 0 } ? ModelAbilities.Tools : ModelAbilities.None;
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: not null })
            abilities |= ModelAbilities.JsonSchema;
        if (options?.MaxOutputTokens < 0)
            throw new CairnException(ErrorKind.Input, "request.invalid", "'MaxOutputTokens' is negative.",
                "Leave it out or set how many tokens the answer may have.");
        var bytes = BytesOf(options);
        var refers = options?.ConversationId is not null;
        foreach (var content in messages.SelectMany(m => m.Contents))
        {
            bytes += BytesOf(content);
            if (content is DataContent or UriContent)
                abilities |= ModelAbilities.Vision;
            refers |= content is UriContent or HostedFileContent;
        }
        return new(abilities, bytes, options?.MaxOutputTokens) { Refers = refers, StrictTools = ToolContracts.Are(options) };
    }

    /// <summary>What is reserved and let through without a count goes by these, so they are no fewer than tokens.</summary>
    private static long BytesOf(AIContent content) => AroundPart + content switch
    {
        TextContent text => Utf8(text.Text),
        TextReasoningContent thought => Utf8(thought.Text),
        DataContent data => data.Data.Length,
        FunctionCallContent call => Utf8(call.Name) + Utf8(WireJson.Arguments(call)),
        FunctionResultContent result => Utf8(WireJson.ResultText(result.Result)),
        _ => 64 * UsualCharacters,
    };

    private static long BytesOf(ChatOptions? options)
    {
        if (options is null)
            return 0;
        var bytes = Utf8(options.Instructions);
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            bytes += Utf8(schema.GetRawText());
        foreach (var tool in options.Tools?.OfType<AIFunctionDeclaration>() ?? [])
            bytes += (2 * AroundPart) + Utf8(tool.Name) + Utf8(tool.Description) + Utf8(tool.JsonSchema.GetRawText());
        return bytes;
    }

    private static long Utf8(string? text) => text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
}
