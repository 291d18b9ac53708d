namespace Cairn.Models;

/// <summary>What may be spent by the calls of a scope: US dollars per day and per month (UTC).</summary>
public sealed record BudgetRule
{
    public required CallScope For { get; init; }

    /// <summary>Each caller in the scope has this much for themselves; otherwise all of them together.</summary>
    public bool Each { get; init; }

    public decimal? Day { get; init; }

    public decimal? Month { get; init; }
}
