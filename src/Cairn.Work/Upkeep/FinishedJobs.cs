namespace Cairn.Work;

/// <summary>Jobs that ended long ago; the newest upkeep stays, for its end says when the next one is due.</summary>
internal sealed class FinishedJobs(JobStore store, Func<IEnumerable<IJobHandler>> handlers, UpkeepOptions options, TimeProvider time)
    : IUpkeepTask
{
    private const int AtOnce = 500;

    public string Name => "jobs";

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        string[] kept = [.. handlers().Where(h => h.KeepsJobs).Select(h => h.Kind)];
        var before = time.GetUtcNow() - options.Jobs;
        for (var forgotten = 0L; ;)
        {
            var now = await store.ForgetAsync(before, kept, AtOnce, cancellationToken);
            forgotten += now;
            if (now < AtOnce)
                return forgotten;
        }
    }
}
