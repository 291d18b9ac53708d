using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// One model called by streamed messages. Every failure is a <see cref="ProviderFailureException"/>; a caller's own cancellation passes
/// through.
/// </summary>
internal sealed class AnthropicChatClient(ProviderConnection connection, Uri address, string model, int most) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).CollectAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = new ProviderCall(connection, address, model, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = ProviderCall.Json(AnthropicBody.Write($"{connection.Provider}/{model}", model, most, messages, options)),
        };
        AnthropicKind.Authorize(request, connection);
        using var response = await call.SendAsync(request);
        var reply = new AnthropicReply();
        await foreach (var data in DataAsync(call, response))
        {
            var update = call.Guard(() => Read(call, reply, data));
            // A ping says that the connection lives, not that the model works; a piece of a call's arguments does.
            if (update.Contents.Any(c => c is not UsageContent) || reply.InBlock)
                call.Progress();
            if (update.Contents.Count > 0 || update.FinishReason is not null)
                yield return update;
            if (reply.Ended)
                yield break;
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

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> DataAsync(ProviderCall call, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/json" or "text/plain")
        {
            yield return await call.ReadWholeAsync(response);
            yield break;
        }
        await foreach (var data in call.EventsAsync(response))
            yield return System.Text.Encoding.UTF8.GetBytes(data);
    }

    private static ChatResponseUpdate Read(ProviderCall call, AnthropicReply reply, ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object && ErrorBody.MessageOf(root) is { } error
            ? throw call.Failures.InStream(error, root.Child("error")?.Text("type"))
            : reply.Read(root);
    }
}
