using Cairn.Models;

namespace Cairn.Server;

internal sealed record CostResponse(
    CostBy By, DateOnly Since, DateOnly Until, decimal CostUsd, IReadOnlyList<CostLine> Lines, IReadOnlyList<BudgetStatus> Budgets);
