namespace Cairn.Models;

/// <summary>A budget's period over all processes.</summary>
internal sealed class PeriodRow
{
    public required string Account { get; init; }

    public required string Period { get; init; }

    public decimal Settled { get; init; }

    /// <summary>Leased by processes that ended without accounting for it.</summary>
    public decimal Lost { get; init; }

    public decimal Leased { get; init; }

    public long? Warned { get; init; }
}
