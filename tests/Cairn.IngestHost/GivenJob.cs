using Cairn.Abstractions;
using Cairn.Knowledge;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.IngestHost;

/// <summary>A job as if a worker had leased it.</summary>
internal sealed class GivenJob(string id, string input) : JobContext
{
    public override Job Job { get; } = new()
    {
        Id = id,
        Tenant = Tenants.Default,
        Kind = IIngestion.JobKind,
        Status = JobStatus.Running,
        Input = input,
        Created = DateTimeOffset.UnixEpoch,
    };

    public override long FencingToken => 1;

    public override string? Checkpoint => null;

    public override void Report(JobProgress progress)
    {
        // Nobody watches.
    }

    public override Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task RequireLeaseAsync(WriteSession session) => Task.CompletedTask;
}
