using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One model on Bedrock, called by ConverseStream.</summary>
internal sealed class BedrockChatClient(ProviderConnection connection, Uri root, ModelName name) : IChatClient
{
    private readonly AwsSigner _signer = new(connection.Option(BedrockKind.Region)!, "bedrock");

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = new ProviderCall(connection, root, name.Model, cancellationToken);
        using var request = Request(BedrockRequest.Write(name.ToString(), messages, options));
        using var response = await call.SendAsync(request);
        await using var stream = await call.GuardAsync(() => response.Content.ReadAsStreamAsync(call.Token));
        var reply = new BedrockReply();
        await foreach (var message in call.EachAsync(EventStream.ReadAsync(stream, call.Token), call.Token))
        {
            var update = call.Guard(() => Read(reply, message));
            if (update?.Contents.Any(c => c is not UsageContent) == true)
                call.Progress();
            if (update is not null)
                yield return update;
        }
        if (!reply.Finished)
            throw call.Ended();
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Connections are shared by the provider's models.
    }

    /// <exception cref="ProviderFailureException">No credentials.</exception>
    private HttpRequestMessage Request(byte[] body)
    {
        var address = new Uri($"{root.AbsoluteUri.TrimEnd('/')}/model/{AwsSigner.Encode(name.Model)}/converse-stream");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = ProviderCall.Json(body) };
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.amazon.eventstream");
        if (connection.ApiKey is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.ApiKey);
        else if (connection.Option(BedrockKind.AccessKey) is { } access && connection.Option(BedrockKind.SecretKey) is { } secret)
            _signer.Sign(request, body, new(access, secret, connection.Option(BedrockKind.SessionToken)), connection.Time.GetUtcNow());
        else
            throw new ProviderFailureException("provider.key", connection.Provider, "has neither apiKey nor accessKey and secretKey",
                $"Write one of them for '{connection.Provider}' in cairn.yaml.");
        return request;
    }

    private ChatResponseUpdate? Read(BedrockReply reply, EventStreamMessage message)
    {
        using var document = JsonDocument.Parse(message.Payload.Length == 0 ? "{}"u8.ToArray() : message.Payload);
        if (message.ExceptionType is { } exception)
            throw BedrockFailures.InStream(name.ToString(), exception, document.RootElement.Text("message"));
        return message.EventType is { } type ? reply.Read(type, document.RootElement) : null;
    }
}
