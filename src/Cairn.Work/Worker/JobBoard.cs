using System.Collections.Concurrent;

namespace Cairn.Work;

/// <summary>What this process knows of its jobs before the database does: who runs here, how far it is, and that something moved.</summary>
internal sealed class JobBoard
{
    private readonly ConcurrentDictionary<(string Tenant, string Id), RunningJob> _running = new();
    private TaskCompletionSource _moved = New();

    /// <summary>Completes when anything moved after this was taken.</summary>
    public Task Moved => Volatile.Read(ref _moved).Task;

    public void Move() => Interlocked.Exchange(ref _moved, New()).SetResult();

    public void Add(RunningJob job)
    {
        _running[(job.Job.Tenant, job.Job.Id)] = job;
        Move();
    }

    public void Remove(RunningJob job)
    {
        _running.TryRemove(new((job.Job.Tenant, job.Job.Id), job));
        Move();
    }

    public RunningJob? Find(string tenant, string id) => _running.GetValueOrDefault((tenant, id));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
