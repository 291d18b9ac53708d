using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Cairn.Apps;

internal sealed class Answers(AnswerPorts ports) : IAnswers
{
    private const int EventsAhead = 64;

    public async IAsyncEnumerable<AnswerEvent> AskAsync(
        Principal caller, AskRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The flow runs as a task of its own: what an iterator makes current (its span) does not survive a yield.
        var events = Channel.CreateBounded<AnswerEvent>(EventsAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = Task.Run(() => RunAsync(caller, request, events.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var answerEvent in events.Reader.ReadAllAsync(cancellationToken))
                yield return answerEvent;
            await run;
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAsync(
        Principal caller, AskRequest request, ChannelWriter<AnswerEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await new AnswerRun(ports, caller, request, events).RunAsync(cancellationToken);
        }
        finally
        {
            events.Complete();
        }
    }
}
