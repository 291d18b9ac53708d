namespace Cairn.Models;

/// <summary>Sums of the ledger; PostgreSQL sums whole numbers as decimals.</summary>
internal sealed class CostRow
{
    public required string Name { get; init; }

    public decimal Calls { get; init; }

    public decimal Unpriced { get; init; }

    public decimal Input { get; init; }

    public decimal CacheRead { get; init; }

    public decimal CacheWrite { get; init; }

    public decimal Output { get; init; }

    public decimal Reasoning { get; init; }

    public decimal Cost { get; init; }
}
