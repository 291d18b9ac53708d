using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>
/// One answer while it is made, apart from the connection it was asked over: its events are kept, so that whoever lost the connection can
/// go on behind the last one they got. When nobody has followed it for a while its making stops.
/// </summary>
internal sealed partial class LiveAnswer : IAsyncDisposable
{
    private readonly List<LiveEvent> _events = [];
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _grace;
    private readonly ILogger _log;
    private readonly Task _making;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _abandoned;
    private int _followers;
    private bool _over;

    public LiveAnswer(string id, Principal caller, IAnswers answers, AskRequest request, TimeSpan grace, TimeProvider time, ILogger log)
    {
        (Id, Caller, _grace, _time, _log) = (id, caller, grace, time, log);
        _making = Task.Run(() => MakeAsync(answers.AskAsync(caller, request, _stop.Token)));
    }

    public string Id { get; }

    public Principal Caller { get; }

    /// <summary>Ends with the making, however it ended.</summary>
    public Task Made => _making;

    /// <summary>Returns when there is something to tell.</summary>
    /// <exception cref="CairnException">The question cannot be asked.</exception>
    public Task BegunAsync(CancellationToken cancellationToken) => _begun.Task.WaitAsync(cancellationToken);

    /// <summary>Somebody is there: until disposed of, the answer goes on being made.</summary>
    public IDisposable Attach()
    {
        lock (_lock)
        {
            _followers++;
            _abandoned?.Dispose();
            _abandoned = null;
        }
        return new Follower(this);
    }

    /// <param name="after">Number of the last event that is known already; 0: none.</param>
    public async IAsyncEnumerable<LiveEvent> FollowAsync(int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            LiveEvent[] news;
            Task moved;
            bool over;
            lock (_lock)
                (news, moved, over) = ([.. _events.Skip(after)], _moved.Task, _over);
            foreach (var next in news)
                yield return next;
            after += news.Length;
            if (over)
                yield break;
            await moved.WaitAsync(cancellationToken);
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            if (!_over)
                _ = _stop.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _making;
        _abandoned?.Dispose();
        _stop.Dispose();
    }

    private async Task MakeAsync(IAsyncEnumerable<AnswerEvent> answer)
    {
        try
        {
            await foreach (var made in answer)
                Add(LiveEvent.Of(made));
        }
        catch (Exception e)
        {
            // Before the first event whoever asked hears it as the request's own failure.
            if (!_begun.TrySetException(e) && LiveEvent.Of(e) is { } told)
                Add(told);
            if (e is not (CairnException or OperationCanceledException) && _begun.Task.IsCompletedSuccessfully)
                Failed(_log, e, Activity.Current?.TraceId.ToHexString());
        }
        _begun.TrySetException(new InvalidOperationException("The flow ended without an event."));
        lock (_lock)
            _over = true;
        Move();
    }

    private void Add(LiveEvent made)
    {
        lock (_lock)
            _events.Add(made);
        _begun.TrySetResult();
        Move();
    }

    private void Move()
    {
        lock (_lock)
        {
            _moved.SetResult();
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_followers == 0 && !_over)
                _abandoned = _time.CreateTimer(static live => ((LiveAnswer)live!).Stop(), this, _grace, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(LogLevel.Error, "An answer failed in the middle of its stream ({TraceId})")]
    private static partial void Failed(ILogger log, Exception error, string? traceId);

    private sealed class Follower(LiveAnswer live) : IDisposable
    {
        private LiveAnswer? _live = live;

        public void Dispose() => Interlocked.Exchange(ref _live, null)?.Leave();
    }
}
