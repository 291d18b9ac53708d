using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A model that follows a <see cref="Script"/>; it fails the way real endpoints do.</summary>
internal sealed class ScriptedChatClient(string provider, string model, Script script, TimeLimits limits, TimeProvider time) : IChatClient
{
    private string Who => $"{provider}/{model}";

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).CollectAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var clock = new AttemptClock(limits, streams: true, time, cancellationToken);
        var said = messages.ToList();
        var (turn, reply) = Choose(said);
        var pieces = Pieces(turn, reply);
        for (var i = 0; i < pieces.Count; i++)
        {
            await WaitAsync(i == 0 ? turn.Delay : turn.PieceDelay, clock, cancellationToken);
            clock.Progress();
            clock.Pause();
            yield return pieces[i];
            clock.Resume();
        }
        if (turn.Failure is { } failure)
        {
            if (failure.Kind == ScriptFailureKind.Hang)
                await WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            throw Fail(failure);
        }
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(UsageOf(turn, said, reply))])
        {
            FinishReason = turn.Finish ?? (turn.Calls.IsEmpty ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls),
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private (ScriptTurn Turn, string Reply) Choose(List<ChatMessage> said)
    {
        var asked = said.FindLastIndex(m => m.Role == ChatRole.User);
        var text = asked < 0 ? "" : said[asked].Text;
        var results = said.Skip(asked + 1).SelectMany(m => m.Contents).OfType<FunctionResultContent>().ToList();
        var result = results.Count == 0 ? "" : WireJson.ResultText(results[^1].Result);
        foreach (var turn in script.Turns.Where(t => t.Results is null || t.Results == results.Count))
        {
            if (turn.Matches?.Match(text) is { } match)
            {
                if (match.Success)
                    return (turn, Fill(match.Result(turn.Reply), result));
            }
            else if (turn.Contains is null || text.Contains(turn.Contains, StringComparison.OrdinalIgnoreCase))
            {
                return (turn, Fill(turn.Reply, result));
            }
        }
        throw new ProviderFailureException("provider.failed", Who, "the script has no turn for this text",
            "Add a turn without a condition at the script's end.");
    }

    private static string Fill(string reply, string result) => reply.Replace("{{result}}", result, StringComparison.Ordinal);

    private static List<ChatResponseUpdate> Pieces(ScriptTurn turn, string reply)
    {
        var ids = new CallIds();
        var text = turn.Failure is { } failure ? reply[..Math.Min(failure.After, reply.Length)] : reply;
        var pieces = Cut(turn.Reasoning, turn.PieceLength)
            .Select(p => new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent(p)]))
            .Concat(Cut(text, turn.PieceLength).Select(p => Piece(p, turn.Logprob)));
        if (turn.Failure is null)
            pieces = pieces.Concat(turn.Calls.Select(c => new ChatResponseUpdate(ChatRole.Assistant,
                [ToolArguments.Read(ids.Take(c.Id), c.Name, c.Arguments)])));
        return [.. pieces];
    }

    private static ChatResponseUpdate Piece(string text, double? logprob)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, text);
        if (logprob is not { } probability)
            return update;
        var token = WireJson.ToText(json =>
        {
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteString("token", text);
            json.WriteNumber("logprob", probability);
            json.WriteStartArray("bytes");
            foreach (var b in System.Text.Encoding.UTF8.GetBytes(text))
                json.WriteNumberValue(b);
            json.WriteEndArray();
            json.WriteStartArray("top_logprobs");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteNull("refusal");
        });
        update.AdditionalProperties = new() { [CallParameters.Logprobs] = JsonElement.Parse(token) };
        return update;
    }

    private static UsageDetails UsageOf(ScriptTurn turn, List<ChatMessage> said, string reply)
    {
        var usage = turn.Usage
            ?? new(said.Sum(m => m.Text.Length) / 4, 0, 0, (reply.Length + turn.Reasoning.Length) / 4, turn.Reasoning.Length / 4);
        return new()
        {
            InputTokenCount = usage.Input,
            OutputTokenCount = usage.Output,
            TotalTokenCount = usage.Input + usage.Output,
            CachedInputTokenCount = usage.CacheRead,
            ReasoningTokenCount = usage.Reasoning,
            AdditionalCounts = usage.CacheWrite > 0 ? new() { [CallUsage.CacheWriteName] = usage.CacheWrite } : null,
        };
    }

    private async Task WaitAsync(TimeSpan delay, AttemptClock clock, CancellationToken caller)
    {
        if (delay == TimeSpan.Zero)
            return;
        try
        {
            await Task.Delay(delay, time, clock.Token);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested && clock.Reason is { } reason)
        {
            throw new ProviderFailureException("provider.timeout", Who, reason,
                $"Shorten the script's delay, or raise the limits of '{provider}' in cairn.yaml.");
        }
    }

    private ProviderFailureException Fail(ScriptFailure failure)
    {
        const string Fix = "The script says so: take 'fail' out of its turn.";
        return failure.Kind switch
        {
            ScriptFailureKind.Html => new("provider.html", Who, "answered with a web page instead of a completion", Fix),
            ScriptFailureKind.Status => new(CodeOf(failure.StatusCode), Who, $"failed with status {failure.StatusCode}", Fix)
            {
                Status = failure.StatusCode,
                RetryAfter = failure.RetryAfter,
                Retry = ProviderStatus.RetryOf(failure.StatusCode),
            },
            _ => new("provider.closed", Who, "the connection closed in the middle of the answer", Fix),
        };
    }

    private static string CodeOf(int status) => status switch
    {
        401 or 403 => "provider.key",
        404 => "provider.model",
        429 => "provider.limited",
        529 => "provider.overloaded",
        >= 500 or 408 => "provider.failed",
        _ => "provider.refused",
    };

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
