using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads the <c>budgets</c> section of <c>cairn.yaml</c>.</summary>
internal static class BudgetsReader
{
    public static BudgetsDeclaration Read(Fields? budgets)
    {
        if (budgets is null)
            return BudgetsDeclaration.Empty;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<BudgetRule> rules = [.. budgets.Groups("spend", WorkspaceShapes.Budget).Select(b => ReadRule(b, taken))
            .OfType<BudgetRule>()];
        return new() { Rules = rules, AllowUnknownPrice = budgets.Word("unknownPrice", "refuse", "allow") == "allow" };
    }

    private static BudgetRule? ReadRule(Fields budget, HashSet<string> taken)
    {
        budget.Require("for");
        if (!budget.Has("day") && !budget.Has("month"))
            budget.Require("day");
        var (day, month) = (Dollars(budget, "day"), Dollars(budget, "month"));
        var each = budget.Truth("each") ?? false;
        if (Scopes.Read(budget, each) is not { } scope)
            return null;
        if (!taken.Add($"{scope} {each}"))
            budget.Problem("for", $"'{scope}' has a budget already; give it day and month in one place");
        return new() { For = scope, Each = each, Day = day, Month = month };
    }

    private static decimal? Dollars(Fields budget, string name) => (decimal?)budget.Number(name, 0, 1_000_000_000);
}
