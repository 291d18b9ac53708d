using System.Runtime.ExceptionServices;
using System.Text.Json;

namespace Cairn.Work;

/// <summary>Runs every module's upkeep, one after the other. Its output counts what was removed by name.</summary>
internal sealed class UpkeepJob(IEnumerable<IUpkeepTask> tasks) : IJobHandler
{
    public const string JobKind = "upkeep";

    /// <summary>It cares for all tenants and belongs to none.</summary>
    public const string Tenant = "system";

    public string Kind => JobKind;

    public async Task<string> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var failed = new List<Exception>();
        var removed = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            context.Report(new JobProgress(removed.Count, null, task.Name));
            try
            {
                removed[task.Name] = await task.RunAsync(cancellationToken);
            }
#pragma warning disable CA1031 // One that fails keeps the others from nothing; the job fails all the same, and is tried again.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failed.Add(e);
            }
        }
        if (failed.Count > 0)
            ExceptionDispatchInfo.Throw(failed[0]);
        return JsonSerializer.Serialize(removed, UpkeepJson.Default.SortedDictionaryStringInt64);
    }
}
