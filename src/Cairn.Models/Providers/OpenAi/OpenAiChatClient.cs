using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// One model of an OpenAI-compatible endpoint, called by streamed chat completions. Only the configured address is called: redirects
/// are failures. Every failure is a <see cref="ProviderFailureException"/>; a caller's own cancellation passes through.
/// </summary>
internal sealed class OpenAiChatClient(ProviderConnection connection, Uri address, string model, OpenAiDialect dialect) : IChatClient
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
            Content = ProviderCall.Json(OpenAiChatBody.Write($"{connection.Provider}/{model}", model, dialect, messages, options)),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        OpenAiKind.Authorize(request, connection);
        using var response = await call.SendAsync(request);
        var reply = new OpenAiChatReply();
        await foreach (var data in DataAsync(call, response))
        {
            var update = call.Guard(() => Read(call, reply, data));
            // A piece of a call's arguments is a sign of work, though nothing of it can be given yet.
            if (update.Contents.Any(c => c is not UsageContent) || data.Contains("\"tool_calls\"", StringComparison.Ordinal))
                call.Progress();
            if (update.Contents.Count > 0 || update.FinishReason is not null || update.AdditionalProperties is not null)
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

    private static async IAsyncEnumerable<string> DataAsync(ProviderCall call, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/json" or "text/plain")
        {
            var body = Encoding.UTF8.GetString((await call.ReadWholeAsync(response)).Span);
            if (!body.StartsWith("data:", StringComparison.Ordinal))
                yield return body;
            yield break;
        }
        await foreach (var data in call.EventsAsync(response))
        {
            if (data == "[DONE]")
                yield break;
            yield return data;
        }
    }

    private static ChatResponseUpdate Read(ProviderCall call, OpenAiChatReply reply, string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.ValueKind == JsonValueKind.Object && ErrorBody.MessageOf(document.RootElement) is { } error
            ? throw call.Failures.InStream(error, document.RootElement.Child("error")?.Text("type"))
            : reply.Read(document.RootElement);
    }
}
