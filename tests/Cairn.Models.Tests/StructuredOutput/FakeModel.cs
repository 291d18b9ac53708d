using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>Answers with given texts in turn and keeps what it was sent; each answer costs 10 tokens in and 5 out.</summary>
internal sealed class FakeModel(params string[] answers) : IChatClient
{
    private int _next;

    public List<(List<ChatMessage> Messages, ChatOptions? Options)> Calls { get; } = [];

    public ChatFinishReason FinishReason { get; init; } = ChatFinishReason.Stop;

    public int PieceLength { get; init; } = 7;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        Calls.Add(([.. messages], options));
        foreach (var piece in answers[_next++].Chunk(PieceLength))
            yield return new(ChatRole.Assistant, new string(piece));
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 10, OutputTokenCount = 5 })]) { FinishReason =
            FinishReason };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
