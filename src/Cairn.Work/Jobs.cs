using System.Runtime.CompilerServices;
using Cairn.Storage;

namespace Cairn.Work;

internal sealed class Jobs(JobStore store, JobBoard board, IChangeFeed feed, IIdentifiers identifiers, TimeProvider time) : IJobs
{
    // Progress is not announced in the feed; a job that runs in another process is looked at this often.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public async Task<Job> EnqueueAsync(JobRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var row = await store.EnqueueAsync(identifiers.New(), request, cancellationToken);
        board.Move();
        return row.ToJob();
    }

    public async Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => Current(await store.FindAsync(tenant, id, cancellationToken));

    public async Task<IReadOnlyList<Job>> ListAsync(string tenant, string? kind, int limit, CancellationToken cancellationToken)
        => [.. (await store.ListAsync(tenant, kind, limit, cancellationToken)).Select(row => Current(row)!)];

    public async IAsyncEnumerable<Job> FollowAsync(string tenant, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Job? last = null;
        while (true)
        {
            var moved = board.Moved;
            var head = await feed.HeadAsync(cancellationToken);
            var job = await FindAsync(tenant, id, cancellationToken) ?? throw NotFound(id);
            if (job != last)
                yield return last = job;
            if (job.Status is JobStatus.Done or JobStatus.Failed or JobStatus.Cancelled)
                yield break;
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(moved, feed.WaitAsync(head, awake.Token), Task.Delay(LookAgain, time, awake.Token));
            await awake.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async Task CancelAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var row = await store.CancelAsync(tenant, id, cancellationToken) ?? throw NotFound(id);
        if (row.CancelRequested)
            board.Find(tenant, id)?.RequestCancel();
        board.Move();
    }

    public async Task<Job> RetryAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var (row, queued, holder) = await store.RetryAsync(tenant, id, cancellationToken);
        board.Move();
        if (row is null)
            throw NotFound(id);
        if (holder is not null)
            throw new CairnException(ErrorKind.Conflict, "job.key-taken", $"Job {holder} is already doing what job {id} would do again.",
                $"Follow or cancel job {holder}.");
        return queued
            ? row.ToJob()
            : throw new CairnException(ErrorKind.Conflict, "job.not-failed",
                $"Job {id} is {new JobEnding(row.Status).Name}; only a failed or cancelled one can be tried again.", "Start a new job.");
    }

    private static CairnException NotFound(string id)
        => new(ErrorKind.NotFound, "job.unknown", $"There is no job {id}.", "Check the identifier.");

    /// <summary>With the progress that this process knows and the database does not have yet.</summary>
    private Job? Current(JobRow? row)
    {
        var job = row?.ToJob();
        return job is { Status: JobStatus.Running } && board.Find(job.Tenant, job.Id) is { Progress: { } progress } running
            && running.FencingToken == row!.Token
            ? job with { Progress = progress }
            : job;
    }
}
