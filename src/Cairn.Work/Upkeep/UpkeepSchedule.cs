using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Work;

/// <summary>
/// Sees to it that the next upkeep stands in the queue. When it is due stands there with it: a server that runs an hour a day does it as
/// often as one that runs always.
/// </summary>
internal sealed partial class UpkeepSchedule(
    JobStore store, IJobs jobs, UpkeepOptions options, TimeProvider time, ILogger<UpkeepSchedule> logger) : BackgroundService, IUpkeep
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    /// <summary>Queues the next one unless one waits or runs.</summary>
    public async Task PlanAsync(CancellationToken cancellationToken)
    {
        var newest = await store.ListAsync(UpkeepJob.Tenant, UpkeepJob.JobKind, 1, cancellationToken);
        if (newest is [{ Finished: null }])
            return;
        var after = newest is [var last] ? last.Finished!.Value + options.Every - time.GetUtcNow() : options.First;
        await jobs.EnqueueAsync(
            new JobRequest
            {
                Tenant = UpkeepJob.Tenant,
                Kind = UpkeepJob.JobKind,
                Key = UpkeepJob.JobKind,
                Input = "{}",
                After = after > TimeSpan.Zero ? after : TimeSpan.Zero,
            },
            cancellationToken);
    }

    public async Task<Job?> LastAsync(CancellationToken cancellationToken)
        => (await jobs.ListAsync(UpkeepJob.Tenant, UpkeepJob.JobKind, 2, cancellationToken)).FirstOrDefault(j => j.Finished is not null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PlanAsync(stoppingToken);
            }
            catch (CairnException error)
            {
                LogUnplanned(logger, error);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(LookAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The next upkeep could not be planned; trying again in an hour")]
    private static partial void LogUnplanned(ILogger logger, Exception error);
}
