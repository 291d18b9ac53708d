using Cairn.Work;
using Microsoft.Extensions.Hosting;

namespace Cairn.Server;

/// <summary>Durable jobs: what runs, how far it is, stop and again.</summary>
internal static class JobsApi
{
    public static void MapJobsApi(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").Requires(Right.Ingest).WithTags("jobs");
        jobs.MapGet("", ListAsync).WithSummary("Jobs, newest first");
        jobs.MapGet("/{id}", GetAsync).WithSummary("One job");
        jobs.MapPost("/{id}/cancel", CancelAsync).WithSummary("Stop a job; what it did is kept");
        jobs.MapPost("/{id}/retry", RetryAsync).WithSummary("Put a failed or cancelled job back in the queue");
        jobs.MapGet("/{id}/events", FollowAsync).Produces<JobResponse>(StatusCodes.Status200OK, EventStream.MediaType)
            .WithSummary("Follow a job: the events progress and done");
    }

    private static async Task<JobsResponse> ListAsync(
        string? kind, Principal caller, IJobs jobs, JobReports reports, CancellationToken cancellationToken, int take = 50)
    {
        var shown = new List<JobResponse>();
        foreach (var job in await jobs.ListAsync(caller.Tenant, kind, Math.Clamp(take, 1, 200), cancellationToken))
            shown.Add(await reports.ShowAsync(job, cancellationToken));
        return new(shown);
    }

    private static async Task<JobResponse> GetAsync(
        string id, Principal caller, IJobs jobs, JobReports reports, CancellationToken cancellationToken)
        => await reports.ShowAsync(await FindAsync(id, caller, jobs, cancellationToken), cancellationToken);

    private static async Task<JobResponse> CancelAsync(
        string id, Principal caller, IJobs jobs, JobReports reports, CancellationToken cancellationToken)
    {
        await FindAsync(id, caller, jobs, cancellationToken);
        await jobs.CancelAsync(caller.Tenant, id, cancellationToken);
        return await reports.ShowAsync(await FindAsync(id, caller, jobs, cancellationToken), cancellationToken);
    }

    private static async Task<JobResponse> RetryAsync(
        string id, Principal caller, IJobs jobs, JobReports reports, CancellationToken cancellationToken)
    {
        await FindAsync(id, caller, jobs, cancellationToken);
        return await reports.ShowAsync(await jobs.RetryAsync(caller.Tenant, id, cancellationToken), cancellationToken);
    }

    private static async Task FollowAsync(
        string id, Principal caller, IJobs jobs, JobReports reports, TimeProvider time, IHostApplicationLifetime host, HttpContext context)
    {
        await FindAsync(id, caller, jobs, context.RequestAborted);
        // A job goes on in the next process; whoever follows it need not hold this one back from stopping.
        using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        var cancellationToken = until.Token;
        await using var stream = await EventStream.OpenAsync(context, time);
        try
        {
            await foreach (var job in jobs.FollowAsync(caller.Tenant, id, cancellationToken))
                await stream.SendAsync(job.Finished is null ? "progress" : "done", await reports.ShowAsync(job, cancellationToken),
                    ServerJson.Default.JobResponse, cancellationToken);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // The stream ends without `done`.
        }
    }

    private static async Task<Job> FindAsync(string id, Principal caller, IJobs jobs, CancellationToken cancellationToken)
        => await jobs.FindAsync(caller.Tenant, id, cancellationToken)
            ?? throw new CairnException(ErrorKind.NotFound, "job.unknown", $"There is no job {id}.",
                "See GET /api/v1/jobs for those there are.");
}
