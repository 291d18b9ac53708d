namespace Cairn.Models;

/// <summary>What was spent, and how the budgets stand. Everything settled before the call is in the answer.</summary>
public interface ISpending
{
    /// <param name="from">The first day (UTC), and <paramref name="to"/> the last.</param>
    /// <returns>The dearest first; days in their order.</returns>
    Task<IReadOnlyList<CostLine>> CostAsync(string tenant, CostBy by, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Every budget of <c>cairn.yaml</c> in its current periods; those for each caller as far as somebody has spent.</summary>
    Task<IReadOnlyList<BudgetStatus>> BudgetsAsync(string tenant, CancellationToken cancellationToken);
}
