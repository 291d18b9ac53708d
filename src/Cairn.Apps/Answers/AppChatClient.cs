using System.Runtime.CompilerServices;
using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Cairn.Apps;

/// <summary>
/// An app as one model. The newest user message is the question, what stands before it the history; citations are marks in
/// the text and a list behind it, since these protocols have no place for them.
/// </summary>
internal sealed class AppChatClient(IAnswers answers, CallOrigin origin, string app) : IChatClient
{
    /// <summary>Only what stands at the end: a model's text that the floor has taken the place of is not in it.</summary>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        AnswerDone? done = null;
        await foreach (var answerEvent in answers.AskAsync(origin.Caller, AppCall.Read(app, origin, messages, options), cancellationToken))
            done = answerEvent as AnswerDone ?? done;
        var answer = done!.Answer;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, MarkedText.Of(answer) + MarkedText.ListOf(answer, sentences: false)))
        {
            Usage = UsageOf(done),
            AdditionalProperties = WrittenBy(answer),
            ModelId = IAppModels.Prefix + app,
            FinishReason = ChatFinishReason.Stop,
        };
    }

    /// <summary>
    /// What a model writes goes out as it comes, so that only the list behind it can say which sentence rests on what. The floor's text is
    /// there at once, and goes out marked.
    /// </summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var byFloor = false;
        await foreach (var answerEvent in answers.AskAsync(origin.Caller, AppCall.Read(app, origin, messages, options), cancellationToken))
        {
            switch (answerEvent)
            {
                case AnswerStep { Name: Steps.Floor }:
                    byFloor = true;
                    break;
                case AnswerDelta { Text.Length: > 0 } delta when !byFloor:
                    yield return Text(delta.Text);
                    break;
                case AnswerReset reset:
                    // What went out cannot be taken back here, so it is said.
                    yield return Text($"\n\n[{reset.Reason}; what follows is taken from the documents.]\n\n");
                    break;
                case AnswerDone done:
                    var text = (byFloor ? MarkedText.Of(done.Answer) : "") + MarkedText.ListOf(done.Answer, sentences: !byFloor);
                    if (text.Length > 0)
                        yield return Text(text, WrittenBy(done.Answer));
                    yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(UsageOf(done))])
                    {
                        FinishReason = ChatFinishReason.Stop,
                    };
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

    private ChatResponseUpdate Text(string text, AdditionalPropertiesDictionary? told = null)
        => new(ChatRole.Assistant, text) { ModelId = IAppModels.Prefix + app, AdditionalProperties = told };

    /// <summary>Who wrote it, for the reply's head.</summary>
    private static AdditionalPropertiesDictionary WrittenBy(Answer answer)
    {
        // "default: local/llama3", of which the route is left out.
        var model = answer.Model ?? Steps.Floor;
        var route = model.IndexOf(": ", StringComparison.Ordinal);
        var told = new AdditionalPropertiesDictionary { [IAppModels.Writer] = route < 0 ? model : model[(route + 2)..] };
        if (answer.Degraded is { } degraded)
            told[IAppModels.Degraded] = degraded.Reason;
        return told;
    }

    /// <summary>The floor uses no tokens.</summary>
    private static UsageDetails UsageOf(AnswerDone done) => new()
    {
        InputTokenCount = done.InputTokens ?? 0,
        OutputTokenCount = done.OutputTokens ?? 0,
        TotalTokenCount = (done.InputTokens ?? 0) + (done.OutputTokens ?? 0),
    };
}
