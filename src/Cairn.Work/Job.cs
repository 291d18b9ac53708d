namespace Cairn.Work;

/// <summary>A durable job as it stands in the database.</summary>
public sealed record Job
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Kind { get; init; }

    public required JobStatus Status { get; init; }

    public required string Input { get; init; }

    /// <summary>JSON that the handler returned; null until done.</summary>
    public string? Output { get; init; }

    public string? Error { get; init; }

    public JobProgress? Progress { get; init; }

    public int Attempt { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Finished { get; init; }
}
