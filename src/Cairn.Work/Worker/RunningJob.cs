using Cairn.Storage;

namespace Cairn.Work;

/// <summary>A job under this worker's lease.</summary>
internal sealed class RunningJob : JobContext, IDisposable
{
    private readonly JobRow _row;
    private readonly JobStore _store;
    private readonly JobBoard _board;
    private readonly CancellationTokenSource _stop;
    private volatile JobProgress? _progress;
    private volatile bool _written = true;
    private volatile bool _cancelRequested;
    private volatile bool _leaseLost;
    private readonly Lock _stopping = new();
    private bool _over;
    private string? _checkpoint;

    public RunningJob(JobRow row, JobStore store, JobBoard board, CancellationToken stopping)
    {
        _row = row;
        _store = store;
        _board = board;
        _checkpoint = row.Checkpoint;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Job = row.ToJob();
    }

    public override Job Job { get; }

    public override long FencingToken => _row.Token;

    public override string? Checkpoint => _checkpoint;

    public JobRow Row => _row;

    public CancellationToken Stopped => _stop.Token;

    public JobProgress? Progress => _progress;

    public bool CancelRequested => _cancelRequested;

    public bool LeaseLost => _leaseLost;

    /// <summary>Whether there is progress that the database does not have yet.</summary>
    public bool HasNews => !_written;

    public override void Report(JobProgress progress)
    {
        _progress = progress;
        _written = false;
        _board.Move();
    }

    public override async Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken)
    {
        await _store.CheckpointAsync(_row, checkpoint, cancellationToken);
        _checkpoint = checkpoint;
    }

    public override Task RequireLeaseAsync(WriteSession session) => JobStore.RequireAsync(session, _row);

    /// <summary>Extends the lease and writes what was reported.</summary>
    public async Task BeatAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        _written = true;
        var asked = await _store.BeatAsync(_row, lease, _progress, cancellationToken);
        if (asked is null)
            LoseLease();
        else if (asked.Value)
            RequestCancel();
    }

    public void RequestCancel()
    {
        _cancelRequested = true;
        Stop();
    }

    public void LoseLease()
    {
        _leaseLost = true;
        Stop();
    }

    public void Dispose()
    {
        lock (_stopping)
        {
            _over = true;
            _stop.Dispose();
        }
    }

    /// <summary>A request to cancel may arrive just when the job is over.</summary>
    private void Stop()
    {
        lock (_stopping)
        {
            if (!_over)
                _ = _stop.CancelAsync();
        }
    }
}
