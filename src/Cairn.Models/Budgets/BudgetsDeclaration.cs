using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>The <c>budgets</c> section of <c>cairn.yaml</c>. A call keeps within every rule that covers it.</summary>
public sealed record BudgetsDeclaration
{
    public static BudgetsDeclaration Empty { get; } = new();

    public ImmutableArray<BudgetRule> Rules { get; init; } = [];

    /// <summary>Lets a model without a known price be called under a budget, where it then counts nothing.</summary>
    public bool AllowUnknownPrice { get; init; }
}
