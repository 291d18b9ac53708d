using System.Runtime.CompilerServices;
using System.Text;
using System.Net.Http.Headers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// One model of an OpenAI-compatible endpoint, called by streamed chat completions. Only the configured address is called: redirects
/// are failures. Every failure is a <see cref="ProviderFailureException"/>; a caller's own cancellation passes through.
/// </summary>
internal sealed class OpenAiChatClient(ProviderConnection connection, Uri address, string model) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = new ProviderCall(connection, address, model, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = ProviderCall.Json(OpenAiWire.WriteRequest(model, messages, options)) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        OpenAiKind.Authorize(request, connection);
        using var response = await call.SendAsync(request);
        var finished = false;
        await foreach (var data in DataAsync(call, response))
        {
            var chunk = call.Guard(() => OpenAiWire.ReadChunk(data));
            if (chunk.Error is { } error)
                throw call.Failures.InStream(error);
            if (chunk.Thinks || !string.IsNullOrEmpty(chunk.Text))
                call.Progress();
            finished |= chunk.FinishReason is not null;
            if (ToUpdate(chunk) is { } update)
                yield return update;
        }
        if (!finished)
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

    private static ChatResponseUpdate? ToUpdate(OpenAiChunk chunk)
    {
        var contents = new List<AIContent>();
        if (!string.IsNullOrEmpty(chunk.Text))
            contents.Add(new TextContent(chunk.Text));
        if (chunk.InputTokens is not null || chunk.OutputTokens is not null)
            contents.Add(new UsageContent(new UsageDetails { InputTokenCount = chunk.InputTokens, OutputTokenCount = chunk.OutputTokens }));
        if (contents.Count == 0 && chunk.FinishReason is null)
            return null;
        return new ChatResponseUpdate(ChatRole.Assistant, contents) { FinishReason = chunk.FinishReason is { } reason ? new ChatFinishReason(reason) : null };
    }
}
