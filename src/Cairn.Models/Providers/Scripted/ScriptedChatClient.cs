using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A model that follows a <see cref="Script"/>; it fails the way real endpoints do.</summary>
internal sealed class ScriptedChatClient(string provider, string model, Script script, TimeLimits limits, TimeProvider time) : IChatClient
{
    private string Who => $"{provider}/{model}";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var clock = new ProviderClock(limits, time, cancellationToken);
        var said = messages.ToList();
        var (turn, reply) = Choose(said.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? "");
        var pieces = Cut(turn.Failure is { } f ? reply[..Math.Min(f.After, reply.Length)] : reply, turn.PieceLength).ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            await WaitAsync(i == 0 ? turn.Delay : turn.PieceDelay, clock, cancellationToken);
            clock.Progress();
            yield return new ChatResponseUpdate(ChatRole.Assistant, pieces[i]);
        }
        if (turn.Failure is { } failure)
        {
            if (failure.Kind == ScriptFailureKind.Hang)
                await WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            throw Fail(failure);
        }
        yield return new ChatResponseUpdate(ChatRole.Assistant,
            [new UsageContent(new UsageDetails { InputTokenCount = said.Sum(m => m.Text.Length) / 4, OutputTokenCount = reply.Length / 4 })])
        {
            FinishReason = ChatFinishReason.Stop,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private (ScriptTurn Turn, string Reply) Choose(string text)
    {
        foreach (var turn in script.Turns)
        {
            if (turn.Matches?.Match(text) is { } match)
            {
                if (match.Success)
                    return (turn, match.Result(turn.Reply));
            }
            else if (turn.Contains is null || text.Contains(turn.Contains, StringComparison.OrdinalIgnoreCase))
            {
                return (turn, turn.Reply);
            }
        }
        throw new ProviderFailureException("provider.failed", Who, "the script has no turn for this text", "Add a turn without a condition at the script's end.");
    }

    private async Task WaitAsync(TimeSpan delay, ProviderClock clock, CancellationToken caller)
    {
        if (delay == TimeSpan.Zero)
            return;
        try
        {
            await Task.Delay(delay, time, clock.Token);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested && clock.Reason is { } reason)
        {
            throw new ProviderFailureException("provider.timeout", Who, reason, $"Shorten the script's delay, or raise the limits of '{provider}' in cairn.yaml.");
        }
    }

    private ProviderFailureException Fail(ScriptFailure failure)
    {
        const string Fix = "The script says so: take 'fail' out of its turn.";
        return failure.Kind switch
        {
            ScriptFailureKind.Html => new("provider.html", Who, "answered with a web page instead of a completion", Fix),
            ScriptFailureKind.Status => new("provider.failed", Who, $"failed with status {failure.StatusCode}", Fix),
            _ => new("provider.closed", Who, "the connection closed in the middle of the answer", Fix),
        };
    }

    /// <summary>Pieces of the length, never inside a surrogate pair.</summary>
    private static IEnumerable<string> Cut(string text, int length)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = length == 0 ? text.Length : Math.Min(start + length, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end++;
            yield return text[start..end];
            start = end;
        }
    }
}
