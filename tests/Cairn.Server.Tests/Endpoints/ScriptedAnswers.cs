using System.Runtime.CompilerServices;
using Cairn.Apps;

namespace Cairn.Server.Tests;

/// <summary>Plays what a test wrote down: events, a pause until the test goes on, a failure.</summary>
internal sealed class ScriptedAnswers : IAnswers
{
    public List<AnswerEvent> Events { get; } = [];

    /// <summary>Thrown after the events.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Awaited after the events.</summary>
    public TaskCompletionSource? Pause { get; set; }

    /// <summary>Completes when the caller left.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<(Principal Caller, AskRequest Request)> Asked { get; } = [];

    public static AnswerDone Done(string text)
        => new(new Answer { Text = text, Status = AnswerStatus.Answered, Engine = "extractive", TraceId = "trace1" }, "conversation1",
            "message1");

    public async IAsyncEnumerable<AnswerEvent> AskAsync(
        Principal caller, AskRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Asked.Add((caller, request));
        foreach (var answerEvent in Events)
            yield return answerEvent;
        if (Pause is not null)
        {
            try
            {
                await Pause.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Left.TrySetResult();
                throw;
            }
        }
        if (Failure is not null)
            throw Failure;
        yield return Done("The berth is booked four days ahead.");
    }
}
