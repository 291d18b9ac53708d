using Cairn.Storage;

namespace Cairn.Work;

/// <summary>The <c>jobs</c> table. Every write of a worker is conditional on its fencing token.</summary>
internal sealed class JobStore(IDatabase database, TimeProvider time) : IBlobReferences
{
    public const string Topic = "jobs";

    private const string Columns =
        """
        tenant, id, kind, status, input, output, error, attempt, max_attempts, created, finished, due, cancel_requested, checkpoint,
        progress_done, progress_total, progress_step, token, lost
        """;

    private const string ByKey =
        $"SELECT {Columns} FROM jobs WHERE tenant = @Tenant AND kind = @Kind AND job_key = @Key AND status IN ('queued', 'running')";

    private const string Insert =
        """
        INSERT INTO jobs (tenant, id, kind, status, input, job_key, attempt, max_attempts, created, due, cancel_requested, token, lost)
        VALUES (@Tenant, @id, @Kind, 'queued', @Input, @Key, 0, @MaxAttempts, @now, @due, 0, 0, 0)
        """;

    private const string ById = $"SELECT {Columns} FROM jobs WHERE tenant = @tenant AND id = @id";

    private const string Newest =
        $"SELECT {Columns} FROM jobs WHERE tenant = @tenant AND (kind = @kind OR @kind = '') ORDER BY created DESC, id DESC LIMIT @limit";

    private const string NextDue = "SELECT MIN(due) FROM jobs WHERE status IN ('queued', 'running') AND kind IN @kinds";

    private const string NextJob =
        $"""
        SELECT {Columns} FROM jobs
        WHERE status IN ('queued', 'running') AND due <= @now AND kind IN @kinds
        ORDER BY due, created, id LIMIT 1
        """;

    private const string Lease =
        """
        UPDATE jobs SET status = 'running', token = token + 1, attempt = @Attempt, lost = @Lost, owner = @owner, due = @until
        WHERE tenant = @Tenant AND id = @Id
        """;

    private const string Orphans =
        "UPDATE jobs SET due = @now WHERE status = 'running' AND due > @now AND (owner IS NULL OR owner <> @owner)";

    private const string CancelQueued =
        "UPDATE jobs SET status = 'cancelled', finished = @now WHERE tenant = @tenant AND id = @id AND status = 'queued'";

    private const string CancelRunning = "UPDATE jobs SET cancel_requested = 1 WHERE tenant = @tenant AND id = @id AND status = 'running'";

    private const string Again =
        """
        UPDATE jobs SET status = 'queued', attempt = 0, lost = 0, error = NULL, finished = NULL, cancel_requested = 0, due = @now
        WHERE tenant = @tenant AND id = @id AND status IN ('failed', 'cancelled')
        """;

    private const string OtherWithKey =
        """
        SELECT other.id FROM jobs job JOIN jobs other ON other.tenant = job.tenant AND other.kind = job.kind AND other.job_key = job.job_key
        WHERE job.tenant = @tenant AND job.id = @id AND other.id <> job.id AND other.status IN ('queued', 'running')
        """;

    private const string Mine = "tenant = @Tenant AND id = @Id AND token = @Token AND status = 'running'";

    private const string Held = $"SELECT COUNT(*) FROM jobs WHERE {Mine}";

    private const string Beat =
        $"""
        UPDATE jobs SET due = @until, lost = 0,
            progress_done = COALESCE(@done, progress_done), progress_total = @total, progress_step = COALESCE(@step, progress_step)
        WHERE {Mine} RETURNING cancel_requested
        """;

    private const string SaveCheckpoint = $"UPDATE jobs SET checkpoint = @checkpoint, lost = 0 WHERE {Mine}";

    private const string End =
        $"""
        UPDATE jobs SET status = @status, output = @output, error = @error, finished = @finished, due = @due, attempt = @attempt, owner = NULL,
            progress_done = COALESCE(@done, progress_done), progress_total = COALESCE(@total, progress_total),
            progress_step = COALESCE(@step, progress_step)
        WHERE {Mine}
        """;

    private const string Forget =
        """
        DELETE FROM jobs WHERE (tenant, id) IN (
            SELECT tenant, id FROM jobs WHERE status IN ('done', 'failed', 'cancelled') AND finished < @before AND kind NOT IN @kept
            ORDER BY finished LIMIT @most)
        """;

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<JobRow> EnqueueAsync(string id, JobRequest request, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            if (request.Key is not null
                && await session.FindAsync<JobRow>(ByKey, new { request.Tenant, request.Kind, request.Key }) is { } first)
                return first;
            await session.ExecuteAsync(Insert,
                new { request.Tenant, id, request.Kind, request.Input, request.Key, request.MaxAttempts, now = Now,
                    due = Now + request.After });
            session.Announce(request.Tenant, Topic, id);
            return (await session.FindAsync<JobRow>(ById, new { tenant = request.Tenant, id }))!;
        }, cancellationToken);

    public Task<JobRow?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.FindAsync<JobRow>(ById, new { tenant, id }), cancellationToken);

    public Task<IReadOnlyList<JobRow>> ListAsync(string tenant, string? kind, int limit, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.QueryAsync<JobRow>(Newest, new { tenant, kind = kind ?? "", limit }), cancellationToken);

    /// <summary>When the next job has to be looked at; null when none waits or runs.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken)
        => await database.ReadAsync(session => session.GetAsync<long?>(NextDue, new { kinds }), cancellationToken) is { } due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : null;

    /// <summary>
    /// Leases the job that has waited longest, a new one or one whose lease ran out. Only a fresh start counts as an attempt: being killed
    /// is not the job's fault, up to <paramref name="mostLost"/> times in a row.
    /// </summary>
    public Task<JobRow?> LeaseAsync(
        IReadOnlyList<string> kinds, string owner, TimeSpan lease, int mostLost, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            while (await session.FindAsync<JobRow>(NextJob, new { kinds, now = Now }) is { } next)
            {
                var fresh = next.Status == JobStatus.Queued;
                var leased = next with
                {
                    Status = JobStatus.Running,
                    Token = next.Token + 1,
                    Attempt = fresh ? next.Attempt + 1 : next.Attempt,
                    Lost = fresh ? next.Lost : next.Lost + 1,
                    Due = Now + lease,
                };
                await session.ExecuteAsync(Lease, new { leased.Tenant, leased.Id, leased.Attempt, leased.Lost, owner, until = leased.Due });
                session.Announce(leased.Tenant, Topic, leased.Id);
                if (leased.CancelRequested)
                    await EndAsync(session, leased, new JobEnding(JobStatus.Cancelled), null);
                else if (leased.Lost > mostLost)
                    await EndAsync(session, leased,
                        new JobEnding(JobStatus.Failed) { Error = $"The process ended {mostLost} times in a row while it worked on this." },
                        null);
                else
                    return leased;
            }
            return null;
        }, cancellationToken);

    /// <summary>Lets every lease of other owners end now: for a workspace that only one process writes, at its start.</summary>
    public Task ReclaimAsync(string owner, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Derived, session => session.ExecuteAsync(Orphans, new { owner, now = Now }), cancellationToken);

    /// <returns>How it stands after the request; null when there is no such job.</returns>
    public Task<JobRow?> CancelAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            if (await session.ExecuteAsync(CancelQueued, new { tenant, id, now = Now })
                + await session.ExecuteAsync(CancelRunning, new { tenant, id }) > 0)
                session.Announce(tenant, Topic, id);
            return await session.FindAsync<JobRow>(ById, new { tenant, id });
        }, cancellationToken);

    /// <returns>The job, whether it was put back, and the unfinished job that holds its key, if that is why it was not.</returns>
    public Task<(JobRow? Job, bool Queued, string? Holder)> RetryAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            var holder = await session.FindAsync<string>(OtherWithKey, new { tenant, id });
            var queued = holder is null && await session.ExecuteAsync(Again, new { tenant, id, now = Now }) > 0;
            if (queued)
                session.Announce(tenant, Topic, id);
            return (await session.FindAsync<JobRow>(ById, new { tenant, id }), queued, holder);
        }, cancellationToken);

    /// <summary>Extends the lease and writes progress.</summary>
    /// <returns>Whether somebody asked the job to stop; null when the lease is lost.</returns>
    public Task<bool?> BeatAsync(JobRow job, TimeSpan lease, JobProgress? progress, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Derived, async session =>
        {
            var asked = await session.FindAsync<long?>(
                Beat, new { job.Tenant, job.Id, job.Token, until = Now + lease, done = progress?.Done, total = progress?.Total,
                    step = progress?.Step });
            return asked is null ? (bool?)null : asked != 0;
        }, cancellationToken);

    public async Task CheckpointAsync(JobRow job, string checkpoint, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(Durability.Full,
            s => s.ExecuteAsync(SaveCheckpoint, new { job.Tenant, job.Id, job.Token, checkpoint }), cancellationToken) == 0)
            throw new LeaseLostException(job.Id);
    }

    /// <exception cref="LeaseLostException">Somebody else has the job now.</exception>
    public static async Task RequireAsync(WriteSession session, JobRow job)
    {
        if (await session.GetAsync<long>(Held, new { job.Tenant, job.Id, job.Token }) == 0)
            throw new LeaseLostException(job.Id);
    }

    public Task EndAsync(JobRow job, JobEnding ending, JobProgress? progress, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => EndAsync(session, job, ending, progress), cancellationToken);

    /// <summary>Forgets jobs that finished before, some at a time; those of the named kinds stay.</summary>
    /// <returns>How many it forgot.</returns>
    public Task<int> ForgetAsync(DateTimeOffset before, IReadOnlyList<string> kept, int most, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Derived, session => session.ExecuteAsync(Forget, new { before, kept, most }), cancellationToken);

    /// <summary>What an unfinished job's input or checkpoint names, it may still read.</summary>
    public async Task<IReadOnlyList<string>> AmongAsync(Session session, IReadOnlyList<string> hashes)
    {
        var texts = await session.QueryAsync<string>(
            "SELECT input || ' ' || COALESCE(checkpoint, '') FROM jobs WHERE status IN ('queued', 'running')");
        return [.. hashes.Where(h => texts.Any(t => t.Contains(h, StringComparison.Ordinal)))];
    }

    /// <summary>Ends the lease in a transaction that also does something else.</summary>
    public async Task EndAsync(WriteSession session, JobRow job, JobEnding ending, JobProgress? progress)
    {
        var changed = await session.ExecuteAsync(End, new
        {
            job.Tenant,
            job.Id,
            job.Token,
            status = ending.Name,
            output = ending.Output,
            error = ending.Error,
            finished = ending.Status == JobStatus.Queued ? (DateTimeOffset?)null : Now,
            due = Now + ending.After,
            attempt = ending.CountsAsAttempt ? job.Attempt : job.Attempt - 1,
            done = progress?.Done,
            total = progress?.Total,
            step = progress?.Step,
        });
        if (changed == 0)
            throw new LeaseLostException(job.Id);
        session.Announce(job.Tenant, Topic, job.Id);
    }
}
