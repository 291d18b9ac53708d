namespace Cairn.Models;

/// <summary>A change to what a process holds of a budget.</summary>
internal sealed record TrancheRow
{
    public required string Tenant { get; init; }

    public required string Account { get; init; }

    public required string Period { get; init; }

    public required string Holder { get; init; }

    public long Leased { get; init; }

    public long Settled { get; init; }

    public long Seen { get; init; }
}
