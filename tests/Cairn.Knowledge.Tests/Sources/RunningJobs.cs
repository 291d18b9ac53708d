using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cairn.Work;

namespace Cairn.Knowledge.Tests;

/// <summary>Runs each job when it is followed, and tells the test.</summary>
internal sealed class RunningJobs(IngestedFolder folder) : IJobs
{
    private readonly Channel<IngestReport> _reports = Channel.CreateBounded<IngestReport>(100);
    private readonly TestJobs _jobs = folder.Jobs;

    public ValueTask<IngestReport> NextAsync() => _reports.Reader.ReadAsync();

    public bool HasNext => _reports.Reader.TryPeek(out _);

    /// <summary>Thrown by the next <see cref="EnqueueAsync"/>, once.</summary>
    public CairnException? EnqueueFails { get; set; }

    public Task<Job> EnqueueAsync(JobRequest request, CancellationToken cancellationToken)
    {
        if (EnqueueFails is not { } failure)
            return _jobs.EnqueueAsync(request, cancellationToken);
        EnqueueFails = null;
        return Task.FromException<Job>(failure);
    }

    public Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => _jobs.FindAsync(tenant, id, cancellationToken);

    public Task<IReadOnlyList<Job>> ListAsync(string tenant, string? kind, int limit, CancellationToken cancellationToken)
        => _jobs.ListAsync(tenant, kind, limit, cancellationToken);

    public async IAsyncEnumerable<Job> FollowAsync(string tenant, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var job = (await FindAsync(tenant, id, cancellationToken))!;
        _reports.Writer.TryWrite(await folder.RunAsync(job, null, cancellationToken));
        yield return job with { Status = JobStatus.Done };
    }

    public Task CancelAsync(string tenant, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Job> RetryAsync(string tenant, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
