namespace Cairn.Models;

/// <summary>How a budget stands in its current period.</summary>
/// <param name="For"><c>user:ann</c>, or <c>everyone each ann</c>.</param>
/// <param name="Period"><c>2026-01-31</c> or <c>2026-01</c>.</param>
/// <param name="SpentUsd">Settled by calls.</param>
/// <param name="LostUsd">Held by processes that ended without accounting for it: it counts as spent, because nobody can say that it was
/// not.</param>
/// <param name="HeldUsd">Held by running processes for the calls to come.</param>
public sealed record BudgetStatus(
    string For, string Period, decimal LimitUsd, decimal SpentUsd, decimal LostUsd, decimal HeldUsd, DateTimeOffset Resets)
{
    /// <summary>Four fifths are spent.</summary>
    public bool IsWarning => SpentUsd + LostUsd >= LimitUsd * 0.8m;
}
