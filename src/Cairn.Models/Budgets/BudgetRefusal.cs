namespace Cairn.Models;

/// <param name="Taken">Spent or leased by anybody at <paramref name="At"/>.</param>
internal sealed record BudgetRefusal(long Taken, DateTimeOffset At);
