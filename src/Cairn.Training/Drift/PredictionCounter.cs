using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Training;

/// <summary>
/// Gathers what is served and writes it every few seconds, so that a prediction waits for no disk. A process that is killed loses the
/// counts of those seconds, nothing else.
/// </summary>
internal sealed partial class PredictionCounter(
    ServedStore store, TrainingOptions options, TimeProvider time, ILogger<PredictionCounter> logger) : BackgroundService
{
    private readonly Lock gate = new();
    private Dictionary<ServedKey, ServedTally> tallies = [];

    /// <summary>Counts at once: nothing falls between two writings.</summary>
    public void Count(string tenant, string model, int version, Action<ServedTally> count)
    {
        var now = time.GetUtcNow();
        var key = new ServedKey(tenant, model, version, now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerHour));
        lock (gate)
        {
            if (!tallies.TryGetValue(key, out var tally))
                tallies[key] = tally = new ServedTally();
            count(tally);
        }
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        Dictionary<ServedKey, ServedTally> taken;
        lock (gate)
        {
            if (tallies.Count == 0)
                return;
            (taken, tallies) = (tallies, []);
        }
        await store.AddAsync([.. taken.Select(t => (t.Key, t.Value.ToCounts()))], cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.CountEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await WriteAsync(CancellationToken.None);
            }
            catch (CairnException error)
            {
                LogUnwritten(logger, error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts of predictions could not be written and are lost")]
    private static partial void LogUnwritten(ILogger logger, Exception error);
}
