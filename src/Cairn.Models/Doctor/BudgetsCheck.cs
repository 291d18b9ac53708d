namespace Cairn.Models;

/// <summary>Budgets that are nearly or wholly spent.</summary>
internal sealed class BudgetsCheck(ISpending spending) : IDoctorCheck
{
    public int Order => 510;

    public async Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var budgets = await spending.BudgetsAsync(Tenants.Default, cancellationToken);
        return
        [
            .. budgets.Where(b => b.IsWarning).Select(b => new DoctorFinding($"budget {b.For}", DoctorStatus.Warning,
                FormattableString.Invariant(
                    $"{b.SpentUsd + b.LostUsd:0.00##} of {b.LimitUsd:0.00##} USD for {b.Period} are spent; it resets on {b.Resets:yyyy-MM-dd HH:mm} UTC."),
                "See what it went to with `cairn cost`; raise it in cairn.yaml under budgets.")),
        ];
    }
}
