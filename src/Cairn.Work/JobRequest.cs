namespace Cairn.Work;

/// <summary>A piece of durable work to do once.</summary>
public sealed record JobRequest
{
    public required string Tenant { get; init; }

    /// <summary>Names the <see cref="IJobHandler"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON, read by the handler.</summary>
    public required string Input { get; init; }

    /// <summary>Two unfinished jobs of one kind never share a key: enqueueing again returns the first. Null: no such limit.</summary>
    public string? Key { get; init; }

    /// <summary>It waits so long before it is due; the time stands in the database, so a restart changes nothing.</summary>
    public TimeSpan After { get; init; }

    /// <summary>How often a handler that throws is tried again, with growing pauses.</summary>
    public int MaxAttempts { get; init; } = 3;
}
