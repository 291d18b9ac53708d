using Cairn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.Work;

/// <summary>Leases jobs and runs their handlers, at most <see cref="WorkOptions.Workers"/> at a time.</summary>
internal sealed partial class JobWorker(
    IDatabase database,
    JobStore store,
    JobBoard board,
    IEnumerable<IJobHandler> handlers,
    WorkOptions options,
    IIdentifiers identifiers,
    TimeProvider time,
    ILogger<JobWorker> logger) : BackgroundService
{
    // Jobs that another process enqueues are found by looking.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);
    private readonly string _owner = identifiers.New();

    private string[] Kinds => [.. _handlers.Keys];

    /// <summary>
    /// Takes over what a killed process left. Only one process writes a SQLite workspace, so at its start every lease is an orphan; on
    /// PostgreSQL another replica may well be alive, and its leases run out by themselves.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (database.Engine == DatabaseEngine.Sqlite)
            await store.ReclaimAsync(_owner, cancellationToken);
    }

    /// <summary>Runs one job that is due to its end.</summary>
    /// <returns>False when none was.</returns>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        if (await LeaseAsync(cancellationToken) is not { } row)
            return false;
        await RunAsync(row, cancellationToken);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_handlers.Count == 0)
            return;
        using var slots = new SemaphoreSlim(options.Workers);
        HashSet<Task> running = [];
        try
        {
            await RecoverAsync(stoppingToken);
            while (true)
            {
                await slots.WaitAsync(stoppingToken);
                var row = await LeaseWhenDueAsync(stoppingToken);
                running.RemoveWhere(t => t.IsCompleted);
                running.Add(RunInSlotAsync(row, slots, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the jobs that run here go back to the queue below.
        }
        await Task.WhenAll(running);
    }

    private async Task RunInSlotAsync(JobRow row, SemaphoreSlim slots, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await RunAsync(row, stoppingToken);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<JobRow> LeaseWhenDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var moved = board.Moved;
            var pause = LookAgain;
            try
            {
                if (await LeaseAsync(cancellationToken) is { } row)
                    return row;
                if (await store.NextDueAsync(Kinds, cancellationToken) is { } due)
                    pause = Shorter(pause, due - time.GetUtcNow());
            }
            catch (CairnException error)
            {
                // A full disk or an absent server: work goes on when it is mended.
                LogUnreachable(logger, error);
            }
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(moved, Task.Delay(pause, time, awake.Token));
            await awake.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<JobRow?> LeaseAsync(CancellationToken cancellationToken)
        => await store.NextDueAsync(Kinds, cancellationToken) is { } due && due <= time.GetUtcNow()
            ? await store.LeaseAsync(Kinds, _owner, options.Lease, options.MostLostLeases, cancellationToken)
            : null;

    private async Task RunAsync(JobRow row, CancellationToken stopping)
    {
        using var job = new RunningJob(row, store, board, stopping);
        using var ended = new CancellationTokenSource();
        board.Add(job);
        var beating = BeatAsync(job, ended.Token);
        try
        {
            var ending = await HandleAsync(job, stopping);
            await ended.CancelAsync();
            await beating;
            if (ending is not null)
                await store.EndAsync(row, ending, job.Progress, CancellationToken.None);
        }
        catch (LeaseLostException)
        {
            LogLeaseLost(logger, row.Kind, row.Id);
        }
        catch (CairnException error)
        {
            // Its end could not be written: the lease runs out and the job is continued from what the database has.
            LogUnreachable(logger, error);
        }
        finally
        {
            await ended.CancelAsync();
            await beating;
            board.Remove(job);
        }
    }

    /// <returns>Null when the lease is lost: whoever has it now decides.</returns>
    private async Task<JobEnding?> HandleAsync(RunningJob job, CancellationToken stopping)
    {
        try
        {
            return new(JobStatus.Done) { Output = await _handlers[job.Job.Kind].RunAsync(job, job.Stopped) };
        }
        catch (Exception) when (job.LeaseLost)
        {
            LogLeaseLost(logger, job.Job.Kind, job.Job.Id);
            return null;
        }
        catch (OperationCanceledException) when (job.CancelRequested)
        {
            return new(JobStatus.Cancelled);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new(JobStatus.Queued) { CountsAsAttempt = false };
        }
        catch (LeaseLostException)
        {
            throw;
        }
        catch (JobPostponedException later)
        {
            return new(JobStatus.Queued) { CountsAsAttempt = false, After = later.After };
        }
#pragma warning disable CA1031 // Whatever a handler throws is the job's failure, never the worker's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            // What is known says itself what happened and how to mend it; a stack beside it would only hide that.
            if (error is CairnException known)
                LogRefused(logger, job.Job.Kind, job.Job.Id, job.Job.Attempt, known.Message, known.Fix);
            else
                LogFailed(logger, error, job.Job.Kind, job.Job.Id, job.Job.Attempt);
            return Failure(job.Row, error);
        }
    }

    private JobEnding Failure(JobRow row, Exception error)
    {
        var text = error is CairnException known ? $"{known.Message} {known.Fix}" : $"{error.GetType().Name}: {error.Message}";
        // Wrong input stays wrong; a disk, a server or a lost race may be better next time.
        var hopeless = error is CairnException { Kind: not (ErrorKind.Environment or ErrorKind.Conflict) };
        if (hopeless || row.Attempt >= row.MaxAttempts)
            return new(JobStatus.Failed) { Error = text };
        var pause = options.FirstPause * Math.Pow(2, Math.Min(row.Attempt - 1, 30));
        return new(JobStatus.Queued) { Error = text, After = Shorter(pause, options.LongestPause) };
    }

    /// <summary>Writes progress a few times a second and keeps the lease, until the job ends.</summary>
    private async Task BeatAsync(RunningJob job, CancellationToken ended)
    {
        var until = job.Row.Due;
        var next = time.GetUtcNow() + options.Lease / 3;
        while (true)
        {
            await Task.Delay(options.ProgressEvery, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;
            var now = time.GetUtcNow();
            if (!job.HasNews && now < next)
                continue;
            try
            {
                await job.BeatAsync(options.Lease, CancellationToken.None);
                until = now + options.Lease;
                next = now + options.Lease / 3;
            }
            catch (CairnException error)
            {
                LogUnreachable(logger, error);
                if (now >= until)
                    job.LoseLease();
            }
            if (job.LeaseLost)
                return;
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b)
        => a < b ? (a > TimeSpan.Zero ? a : TimeSpan.Zero) : (b > TimeSpan.Zero ? b : TimeSpan.Zero);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} job {Id} failed in attempt {Attempt}: {Message} {Fix}")]
    private static partial void LogRefused(ILogger logger, string kind, string id, int attempt, string message, string fix);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} job {Id} failed in attempt {Attempt}")]
    private static partial void LogFailed(ILogger logger, Exception error, string kind, string id, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of {Kind} job {Id} was lost; another worker continues it")]
    private static partial void LogLeaseLost(ILogger logger, string kind, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The state of the jobs cannot be written or read now; trying again")]
    private static partial void LogUnreachable(ILogger logger, Exception error);
}
