using System.Runtime.CompilerServices;
using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Parrot;

/// <summary>Posts the newest text and streams the lines that come back.</summary>
internal sealed class ParrotChatClient(ProviderConnection connection, string model) : IChatClient
{
    private string Who => $"{connection.Provider}/{model}";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // What a kind cannot do is an error that names the parameter; nothing is dropped in silence.
        if (options?.Tools is { Count: > 0 })
            throw new ProviderFailureException("provider.unsupported", Who, "unsupported parameter: 'tools' with a parrot model", "Leave 'tools' out.");
        var text = messages.Last(m => m.Role == ChatRole.User).Text;
        using var response = await SendAsync(text, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var output = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            output += line.Length;
            yield return new ChatResponseUpdate(ChatRole.Assistant, line);
        }
        var usage = new UsageDetails { InputTokenCount = text.Length, OutputTokenCount = output };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Connections live as long as the process.
    }

    private async Task<HttpResponseMessage> SendAsync(string text, CancellationToken cancellationToken)
    {
        var address = connection.Address();
        using var request = new HttpRequestMessage(HttpMethod.Post, connection.Resolve(address, "/say")) { Content = new StringContent(text) };
        request.Headers.Add("x-parrot-key", connection.ApiKey);
        request.Headers.Add("x-parrot-mood", connection.Option("mood") ?? "good");
        HttpResponseMessage response;
        try
        {
            response = await connection.Http(address).SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ProviderFailureException("provider.unreachable", Who, $"nothing answers at {address.Authority}", "Start the parrot.", e);
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            var status = (int)response.StatusCode;
            throw new ProviderFailureException("provider.failed", Who, $"failed with status {status}", "Feed the parrot.")
            {
                Status = status,
                RetryAfter = ProviderStatus.RetryAfter(response.Headers, connection.Time.GetUtcNow()),
                Retry = ProviderStatus.RetryOf(status),
            };
        }
    }
}
