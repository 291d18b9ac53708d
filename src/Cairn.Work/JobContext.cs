using Cairn.Storage;

namespace Cairn.Work;

/// <summary>What a handler gets: the job, a way to report, and proof that it still holds the lease.</summary>
public abstract class JobContext
{
    public abstract Job Job { get; }

    /// <summary>Grows with each lease of this job; a write that carries an older token than the row's is refused.</summary>
    public abstract long FencingToken { get; }

    /// <summary>Kept in memory and written at most a few times a second; followers see it at once.</summary>
    public abstract void Report(JobProgress progress);

    /// <summary>JSON that survives a crash: the next attempt reads it back.</summary>
    public abstract string? Checkpoint { get; }

    public abstract Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken);

    /// <summary>Makes a handler's own transaction conditional on the lease: call it inside, before the commit.</summary>
    /// <exception cref="LeaseLostException">Another worker has the job now; nothing of the transaction is kept.</exception>
    public abstract Task RequireLeaseAsync(WriteSession session);
}
