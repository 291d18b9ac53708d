using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models;

public static class BudgetServices
{
    /// <summary>
    /// Adds <see cref="IBudgets"/> and <see cref="ISpending"/>. Needs the database, a clock, identifiers and the catalogue of models.
    /// </summary>
    public static IServiceCollection AddModelBudgets(this IServiceCollection services, BudgetsDeclaration budgets)
        => services
            .AddSingleton(budgets)
            .AddSingleton<IMigrations, ModelsMigrations>()
            .AddSingleton<Spending>()
            .AddSingleton<LedgerStore>()
            .AddSingleton(p => new TrancheStore(p.GetRequiredService<IDatabase>(), p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<IIdentifiers>().New()))
            .AddSingleton<Budgets>()
            .AddSingleton<IBudgets>(p => p.GetRequiredService<Budgets>())
            .AddSingleton<SpendingBooks>()
            .AddSingleton<ISpending>(p => p.GetRequiredService<SpendingBooks>())
            .AddSingleton<IDoctorCheck, BudgetsCheck>()
            .AddHostedService(p => p.GetRequiredService<SpendingBooks>());
}
