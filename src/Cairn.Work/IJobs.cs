namespace Cairn.Work;

/// <summary>Durable jobs: what is enqueued is done, also over a crash, by whoever holds the lease.</summary>
public interface IJobs
{
    Task<Job> EnqueueAsync(JobRequest request, CancellationToken cancellationToken);

    Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Job>> ListAsync(string tenant, string? kind, int limit, CancellationToken cancellationToken);

    /// <summary>Yields the job now and at each change, and ends after yielding it finished.</summary>
    IAsyncEnumerable<Job> FollowAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>Asks the job to stop; it ends as <see cref="JobStatus.Cancelled"/> with what it did kept.</summary>
    Task CancelAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>Puts a failed or cancelled job back in the queue.</summary>
    Task<Job> RetryAsync(string tenant, string id, CancellationToken cancellationToken);
}
