using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One Gemini model, called by <c>generateContent</c> or <c>streamGenerateContent</c>.</summary>
internal sealed class GeminiChatClient(GeminiEndpoint endpoint) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var call = new ProviderCall(endpoint.Connection, endpoint.Root, endpoint.Model, cancellationToken);
        using var request = await endpoint.RequestAsync("generateContent", null, Body(messages, options), call.Token);
        using var response = await call.SendAsync(request);
        var body = await call.ReadWholeAsync(response);
        var reply = new GeminiReply(endpoint.Who);
        var update = call.Guard(() => Read(call, reply, body));
        return reply.Finished ? new[] { update }.ToChatResponse() : throw call.Failures.Empty();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = new ProviderCall(endpoint.Connection, endpoint.Root, endpoint.Model, cancellationToken);
        using var request = await endpoint.RequestAsync("streamGenerateContent", "alt=sse", Body(messages, options), call.Token);
        using var response = await call.SendAsync(request);
        var reply = new GeminiReply(endpoint.Who);
        await foreach (var data in call.EventsAsync(response, cancellationToken))
        {
            var update = call.Guard(() => Read(call, reply, System.Text.Encoding.UTF8.GetBytes(data)));
            if (update.Contents.Any(c => c is not UsageContent))
                call.Progress();
            if (update.Contents.Count > 0 || update.FinishReason is not null)
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

    private byte[] Body(IEnumerable<ChatMessage> messages, ChatOptions? options)
        => GeminiRequest.Write(endpoint.Who, endpoint.Model, messages, options);

    private static ChatResponseUpdate Read(ProviderCall call, GeminiReply reply, ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        return ErrorBody.MessageOf(document.RootElement) is { } error
            ? throw call.Failures.InStream(error)
            : reply.Read(document.RootElement);
    }
}
