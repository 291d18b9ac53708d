using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>
/// An app as one model. The newest user message is the question, what stands before it the history; the citations follow the text as a
/// list, since these protocols have no place for them.
/// </summary>
internal sealed class AppChatClient(IAnswers answers, CallOrigin origin, string app) : IChatClient
{
    private const int LongestQuote = 200;

    /// <summary>Only what stands at the end: a model's text that the floor has taken the place of is not in it.</summary>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Answer? answer = null;
        await foreach (var answerEvent in answers.AskAsync(origin.Caller, AppCall.Read(app, origin, messages, options), cancellationToken))
            answer = (answerEvent as AnswerDone)?.Answer ?? answer;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer!.Text + ListOf(answer.Citations)))
        {
            ModelId = IAppModels.Prefix + app,
            FinishReason = ChatFinishReason.Stop,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var answerEvent in answers.AskAsync(origin.Caller, AppCall.Read(app, origin, messages, options), cancellationToken))
        {
            switch (answerEvent)
            {
                case AnswerDelta { Text.Length: > 0 } delta:
                    yield return Text(delta.Text);
                    break;
                case AnswerReset reset:
                    // What went out cannot be taken back here, so it is said.
                    yield return Text($"\n\n[{reset.Reason}; what follows is taken from the documents.]\n\n");
                    break;
                case AnswerDone done:
                    if (ListOf(done.Answer.Citations) is { Length: > 0 } list)
                        yield return Text(list);
                    yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
                    break;
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Nothing is held between calls.
    }

    private ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, text) { ModelId = IAppModels.Prefix + app };

    private static string ListOf(ImmutableArray<Citation> citations)
    {
        var list = new StringBuilder();
        foreach (var citation in citations)
        {
            var page = citation.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $", page {number}") : "";
            var quote = citation.Quote.ReplaceLineEndings(" ");
            list.Append(list.Length == 0 ? "\n\n" : "\n")
                .Append(CultureInfo.InvariantCulture,
                    $"[{citation.N}] {citation.Title} ({citation.Path}{page}): \"{(quote.Length > LongestQuote ? quote[..LongestQuote] + "…" : quote)}\"");
        }
        return list.ToString();
    }
}
