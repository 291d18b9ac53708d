using Cairn.Work;

namespace Cairn.Knowledge.Tests;

/// <summary>Keeps what was enqueued; the test runs it.</summary>
internal sealed class TestJobs(IIdentifiers identifiers, TimeProvider time) : IJobs
{
    public List<Job> All { get; } = [];

    public Task<Job> EnqueueAsync(JobRequest request, CancellationToken cancellationToken)
    {
        var job = new Job
        {
            Id = identifiers.New(),
            Tenant = request.Tenant,
            Kind = request.Kind,
            Input = request.Input,
            Status = JobStatus.Queued,
            Created = time.GetUtcNow(),
        };
        All.Add(job);
        return Task.FromResult(job);
    }

    public Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => Task.FromResult(All.Find(j => j.Id == id));

    public Task<IReadOnlyList<Job>> ListAsync(string tenant, string? kind, int limit, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Job>>([.. All.Take(limit)]);

    public IAsyncEnumerable<Job> FollowAsync(string tenant, string id, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public Task CancelAsync(string tenant, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Job> RetryAsync(string tenant, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
