using Cairn.Models;

namespace Cairn.Server;

/// <summary>What models have cost, and how the budgets stand.</summary>
internal static class CostApi
{
    private const int UsualDays = 30;

    public static void MapCostApi(this IEndpointRouteBuilder api)
        => api.MapGet("/cost", CostAsync).Requires(Right.Operate).WithTags("models")
            .WithSummary("What models have cost by model, app, user, key or day, and how the budgets stand");

    /// <param name="since">The first day, left out: 30 days to <paramref name="until"/>, the last day (UTC), left out: today.</param>
    private static async Task<CostResponse> CostAsync(
        string? by, DateOnly? since, DateOnly? until, Principal caller, ISpending spending, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<CostBy>(by ?? nameof(CostBy.Model), ignoreCase: true, out var sum) || !Enum.IsDefined(sum))
            throw new CairnException(ErrorKind.Input, "cost.by", $"Cost is not summed by '{by}'.",
                "Sum it by model, app, user, key or day.");
        var to = until ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var from = since ?? to.AddDays(1 - UsualDays);
        if (from > to)
            throw new CairnException(ErrorKind.Input, "cost.range", $"There are no days from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}.",
                "Let --since be no later than --until.");
        var lines = await spending.CostAsync(caller.Tenant, sum, from, to, cancellationToken);
        var budgets = await spending.BudgetsAsync(caller.Tenant, cancellationToken);
        return new(sum, from, to, lines.Sum(l => l.CostUsd), lines, budgets);
    }
}
