namespace Cairn.Work;

/// <summary>How a lease ends: finished, or back in the queue (<see cref="JobStatus.Queued"/>) after a pause.</summary>
internal sealed record JobEnding(JobStatus Status)
{
    public string? Output { get; init; }

    public string? Error { get; init; }

    public TimeSpan After { get; init; }

    /// <summary>False when the process stopped and the job did nothing wrong.</summary>
    public bool CountsAsAttempt { get; init; } = true;

    /// <summary>As the table writes it.</summary>
    public string Name => Status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.Done => "done",
        JobStatus.Failed => "failed",
        _ => "cancelled",
    };
}
