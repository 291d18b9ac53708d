using Cairn.Work;

namespace Cairn.Training.Tests;

/// <summary>One attempt at a training, run by the test itself: what it kept is read, and it can be broken at a step.</summary>
internal sealed class Attempt(string experiment, string? checkpoint) : JobContext
{
    private string? _checkpoint = checkpoint;

    public List<string> Steps { get; } = [];

    public string? BreaksAt { get; init; }

    public Action<string>? OnStep { get; init; }

    public Func<Task>? OnSave { get; init; }

    public override Job Job { get; } = new()
    {
        Id = "job",
        Tenant = Tenants.Default,
        Kind = TrainingJob.JobKind,
        Input = experiment,
        Status = JobStatus.Running,
        Created = DateTimeOffset.UnixEpoch,
    };

    public override long FencingToken => 1;

    public override string? Checkpoint => _checkpoint;

    public override void Report(JobProgress progress)
    {
        Steps.Add(progress.Step);
        OnStep?.Invoke(progress.Step);
        if (progress.Step == BreaksAt)
            throw new IOException("the process is gone");
    }

    public override async Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken)
    {
        if (OnSave is { } save)
            await save();
        _checkpoint = checkpoint;
    }

    public override Task RequireLeaseAsync(WriteSession session) => Task.CompletedTask;
}
