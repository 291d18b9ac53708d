using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Knowledge.Tests;

internal sealed class TestJob(Job job) : JobContext
{
    public List<JobProgress> Progress { get; } = [];

    public override Job Job { get; } = job;

    public override long FencingToken => 1;

    public override string? Checkpoint => null;

    public Action<JobProgress>? Reported { get; init; }

    public override void Report(JobProgress progress)
    {
        lock (Progress)
            Progress.Add(progress);
        Reported?.Invoke(progress);
    }

    public override Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task RequireLeaseAsync(WriteSession session) => Task.CompletedTask;
}
