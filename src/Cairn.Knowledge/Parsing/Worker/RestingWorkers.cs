namespace Cairn.Knowledge;

/// <summary>Workers that wait for the next file; one that waited too long ends.</summary>
internal sealed class RestingWorkers(TimeSpan longest, TimeProvider time) : IAsyncDisposable
{
    private readonly Stack<(WorkerConnection Worker, ITimer Idle)> _resting = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <returns>The one that rested last; null when none does.</returns>
    public async Task<WorkerConnection?> TakeAsync()
    {
        (WorkerConnection Worker, ITimer Idle) rested;
        lock (_lock)
        {
            if (!_resting.TryPop(out rested))
                return null;
        }
        await rested.Idle.DisposeAsync();
        return rested.Worker;
    }

    public void Rest(WorkerConnection worker)
    {
        var idle = time.CreateTimer(_ => _ = RetireAsync(worker), null, longest, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            if (!_disposed)
            {
                _resting.Push((worker, idle));
                return;
            }
        }
        idle.Dispose();
        _ = worker.DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        List<(WorkerConnection Worker, ITimer Idle)> resting;
        lock (_lock)
        {
            _disposed = true;
            resting = [.. _resting];
            _resting.Clear();
        }
        foreach (var (worker, idle) in resting)
        {
            await idle.DisposeAsync();
            await worker.DisposeAsync();
        }
    }

    private async Task RetireAsync(WorkerConnection worker)
    {
        lock (_lock)
        {
            var others = _resting.Where(r => r.Worker != worker).Reverse().ToList();
            if (others.Count == _resting.Count)
                return;
            _resting.Clear();
            others.ForEach(_resting.Push);
        }
        await worker.DisposeAsync();
    }
}
