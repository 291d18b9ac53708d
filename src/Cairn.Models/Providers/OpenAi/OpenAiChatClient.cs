using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// One model of an OpenAI-compatible endpoint, called by streamed chat completions. Only the configured address is called: redirects
/// are failures. Every failure is a <see cref="ProviderFailureException"/>; a caller's own cancellation passes through.
/// </summary>
internal sealed class OpenAiChatClient(HttpClient http, OpenAiOptions options, string model, TimeProvider time) : IChatClient
{
    private const int LongestErrorBody = 64 * 1024;

    private readonly OpenAiFailures _failures = new($"{options.Provider}/{model}", options);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var clock = new ProviderClock(Limits, time, cancellationToken);
        using var response = await GuardAsync(() => SendAsync(messages, options, clock.Token), clock, began: false, cancellationToken);
        await using var chunks = ReadChunksAsync(response, clock.Token).GetAsyncEnumerator(clock.Token);
        var (began, finished) = (false, false);
        while (await GuardAsync(async () => await chunks.MoveNextAsync(), clock, began, cancellationToken))
        {
            var chunk = chunks.Current;
            if (chunk.Error is { } error)
                throw _failures.InStream(error);
            if (chunk.Thinks || !string.IsNullOrEmpty(chunk.Text))
            {
                began = true;
                clock.Progress();
            }
            finished |= chunk.FinishReason is not null;
            if (ToUpdate(chunk) is { } update)
                yield return update;
        }
        if (finished)
            yield break;
        // A cancelled read may also look like an end.
        cancellationToken.ThrowIfCancellationRequested();
        throw clock.Reason is { } reason ? _failures.TimedOut(reason) : began ? _failures.Closed() : _failures.Empty();
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The HTTP client is shared by the provider's models.
    }

    private TimeLimits Limits => options.Limits;

    private async Task<HttpResponseMessage> SendAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.BaseUrl.AbsoluteUri.TrimEnd('/') + "/chat/completions"));
        if (options.ApiKey is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Content = new ByteArrayContent(OpenAiWire.WriteRequest(model, messages, chatOptions));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType is not "text/html")
            return response;
        using (response)
        {
            var body = await ReadBodyAsync(response, LongestErrorBody, cancellationToken);
            throw response.IsSuccessStatusCode ? _failures.Html() : _failures.ForStatus(response.StatusCode, body);
        }
    }

    private async IAsyncEnumerable<OpenAiChunk> ReadChunksAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/json" or "text/plain")
        {
            var body = await ReadBodyAsync(response, 4 << 20, cancellationToken);
            if (OpenAiFailures.LooksLikeHtml(body))
                throw _failures.Html();
            if (!body.StartsWith("data:", StringComparison.Ordinal))
            {
                yield return OpenAiWire.ReadChunk(body);
                yield break;
            }
        }
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var data in ServerSentEvents.ReadAsync(stream, cancellationToken))
        {
            if (data == "[DONE]")
                yield break;
            if (OpenAiFailures.LooksLikeHtml(data))
                throw _failures.Html();
            yield return OpenAiWire.ReadChunk(data);
        }
    }

    /// <summary>Runs one step of the call and says, when it throws, what that means.</summary>
    private async Task<T> GuardAsync<T>(Func<Task<T>> step, ProviderClock clock, bool began, CancellationToken caller)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is not ProviderFailureException && !caller.IsCancellationRequested)
        {
            if (clock.Reason is { } reason)
                throw _failures.TimedOut(reason);
            if (_failures.For(e, began) is { } failure)
                throw failure;
            throw;
        }
    }

    private static async Task<string> ReadBodyAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[limit];
        var length = await stream.ReadAtLeastAsync(buffer, limit, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
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
