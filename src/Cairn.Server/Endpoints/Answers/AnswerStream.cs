using System.Diagnostics;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>
/// Tells an answer as it is made. A question that can't be asked is refused with a status, before the stream begins; what fails later is an
/// <c>error</c> event. When the caller leaves, the answer's making stops.
/// </summary>
internal sealed partial class AnswerStream(HttpContext context, TimeProvider time)
{
    public async Task SendAsync(IAsyncEnumerable<AnswerEvent> answer)
    {
        var cancellationToken = context.RequestAborted;
        await using var events = answer.GetAsyncEnumerator(cancellationToken);
        if (!await events.MoveNextAsync())
            throw new InvalidOperationException("The flow ended without an event.");
        await using var stream = await EventStream.OpenAsync(context, time);
        try
        {
            do
            {
                await SendAsync(stream, events.Current, cancellationToken);
            }
            while (await events.MoveNextAsync());
        }
        catch (CairnException e)
        {
            await stream.SendAsync("error", Problems.Of(e), ServerJson.Default.Problem, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var traceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            Failed(context.RequestServices.GetRequiredService<ILogger<AnswerStream>>(), e, traceId);
            await stream.SendAsync("error", Problems.Unexpected(traceId), ServerJson.Default.Problem, cancellationToken);
        }
    }

    private static Task SendAsync(EventStream stream, AnswerEvent answerEvent, CancellationToken cancellationToken) => answerEvent switch
    {
        AnswerStep step => stream.SendAsync("step", step, ServerJson.Default.AnswerStep, cancellationToken),
        AnswerDelta delta => stream.SendAsync("delta", delta, ServerJson.Default.AnswerDelta, cancellationToken),
        AnswerCitation citation => stream.SendAsync("citation", citation.Citation, ServerJson.Default.Citation, cancellationToken),
        AnswerReset reset => stream.SendAsync("reset", reset, ServerJson.Default.AnswerReset, cancellationToken),
        AnswerDone done => stream.SendAsync("done", AskResponse.Of(done), ServerJson.Default.AskResponse, cancellationToken),
        _ => throw new InvalidOperationException($"An answer's stream does not know {answerEvent.GetType().Name}."),
    };

    [LoggerMessage(LogLevel.Error, "An answer failed in the middle of its stream ({TraceId})")]
    private static partial void Failed(ILogger log, Exception error, string traceId);
}
