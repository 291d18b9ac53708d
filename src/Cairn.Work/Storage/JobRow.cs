namespace Cairn.Work;

/// <summary>A row of <c>jobs</c>.</summary>
internal sealed record JobRow
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required JobStatus Status { get; init; }

    public required string Input { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    public int Attempt { get; init; }

    public int MaxAttempts { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>Queued: not before. Running: when the lease ends.</summary>
    public DateTimeOffset Due { get; init; }

    public bool CancelRequested { get; init; }

    public string? Checkpoint { get; init; }

    public long? ProgressDone { get; init; }

    public long? ProgressTotal { get; init; }

    public string? ProgressStep { get; init; }

    public long Token { get; init; }

    /// <summary>How many leases in a row ended without a word from their holder.</summary>
    public int Lost { get; init; }

    public Job ToJob() => new()
    {
        Id = Id,
        Tenant = Tenant,
        Kind = Kind,
        Status = Status,
        Input = Input,
        Output = Output,
        Error = Error,
        Progress = ProgressDone is { } done ? new(done, ProgressTotal, ProgressStep ?? "") : null,
        Attempt = Attempt,
        Created = Created,
        Finished = Finished,
    };
}
