using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// A reply in Microsoft.Extensions.AI's terms, begun: its first content is there, or the reason why there is none. Settles its attempt when
/// it is read to its end, or left.
/// </summary>
internal sealed class ChatReply : IBegunReply
{
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly List<ChatResponseUpdate> _opening;
    private readonly CancellationToken _caller;
    private readonly AnswerHeaders _headers;
    private UsageDetails? _usage;
    private long _characters;

    private ChatReply(
        Attempt attempt, IAsyncEnumerator<ChatResponseUpdate> updates, List<ChatResponseUpdate> opening, AnswerHeaders headers,
        CancellationToken caller)
        => (Attempt, _updates, _opening, _headers, _caller) = (attempt, updates, opening, headers, caller);

    public Attempt Attempt { get; }

    /// <summary>The provider's; null where it has none.</summary>
    public HttpResponseHeaders? Headers => _headers.Value;

    /// <summary>Opens a streamed reply; a caller who wants it whole collects it.</summary>
    /// <exception cref="ProviderFailureException">The provider failed before any content, or ended without content and reason.</exception>
    public static async Task<ChatReply> OpenAsync(Attempt attempt, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var caller = attempt.CallerToken;
        var chat = attempt.Chat(options);
        attempt.Sent = true;
        var headers = AnswerHeaders.Listen();
        // The provider's client holds the call to its time limits itself: it knows what is a sign of work.
        var updates = chat.GetStreamingResponseAsync(messages, options, caller).GetAsyncEnumerator(caller);
        try
        {
            var opening = new List<ChatResponseUpdate>();
            while (await updates.MoveNextAsync())
            {
                opening.Add(updates.Current);
                // Its reason alone is a reply too: a stop sequence may come at once, a filter may take everything.
                if (HasContent(updates.Current) || updates.Current.FinishReason is not null)
                    return new ChatReply(attempt, updates, opening, headers, caller);
            }
            throw new ProviderFailureException("provider.malformed", attempt.Target.Text, "gave an empty answer",
                "See what its server logs.");
        }
        catch
        {
            await updates.DisposeAsync();
            throw;
        }
    }

    /// <summary>All updates, each naming the <c>provider/model</c> that answers.</summary>
    /// <exception cref="CairnException">It broke off.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in _opening)
            yield return Pass(update);
        while (await MoveNextAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Pass(_updates.Current);
        }
        Attempt.Succeeded(Usage, OutputAtMost);
    }

    public async ValueTask DisposeAsync()
    {
        // Not read to its end: the caller left.
        Attempt.Abandoned(Usage, OutputAtMost);
        Attempt.Dispose();
        await _updates.DisposeAsync();
    }

    private CallUsage? Usage => _usage is null ? null : CallUsage.Of(_usage);

    private long OutputAtMost => _characters;

    private async Task<bool> MoveNextAsync()
    {
        try
        {
            return await _updates.MoveNextAsync();
        }
        catch (Exception e)
        {
            if (_caller.IsCancellationRequested)
                Attempt.Abandoned(Usage, OutputAtMost);
            else if (e is CairnException failure)
                Attempt.Failed(failure, Usage, OutputAtMost);
            throw;
        }
    }

    private ChatResponseUpdate Pass(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case UsageContent usage:
                    (_usage ??= new()).Add(usage.Details);
                    break;
                case TextContent text:
                    _characters += text.Text.Length;
                    break;
                case TextReasoningContent thought:
                    _characters += thought.Text.Length;
                    break;
                default:
                    _characters += 256;
                    break;
            }
        }
        update.ModelId = Attempt.Target.Text;
        return update;
    }

    private static bool HasContent(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is not UsageContent && content is not TextContent { Text.Length: 0 })
                return true;
        }
        return false;
    }
}
