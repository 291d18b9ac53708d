using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>
/// Answers with texts, or calls of the tool <c>f</c>, in turn, and then refuses; each answer costs 9 tokens in and 3 out.
/// </summary>
/// <param name="answers">A call's arguments where it begins with a brace.</param>
internal sealed class CallingModel(params string[] answers) : IChatClient
{
    public int Asked { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (Asked++ >= answers.Length)
            throw new ProviderFailureException("provider.limited", "a/m", "too many calls", "Wait.")
            {
                Status = 429,
                Retry = RetryScope.Elsewhere,
            };
        var answer = answers[Asked - 1];
        AIContent said = answer.StartsWith('{') ? ToolArguments.Read("t", "f", answer) : new TextContent(answer);
        yield return new(ChatRole.Assistant, [said]) { FinishReason = ChatFinishReason.Stop };
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 9, OutputTokenCount = 3 })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
