using System.Collections.Immutable;
using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Models.Tests;

/// <summary>
/// What one process holds of the budgets, over a database that others share. To drop it without <see cref="EndAsync"/> is a crash.
/// </summary>
internal sealed class BudgetProcess : IDisposable
{
    public static readonly ModelName Model = new("local", "priced");

    private static readonly ModelCatalog Catalog = new(
        [new(["local/priced"], new() { Prices = [new() { From = new(2000, 1, 1), Input = 1_000_000, Output = 0 }] })], () => [], _ => null);

    private BudgetProcess(TestDatabase test, BudgetsDeclaration declaration)
    {
        Tranches = new(test.Database, test.Time, test.Identifiers.New());
        Budgets = new(declaration, Catalog, Tranches, Spending, test.Time);
        Books = new(Budgets, declaration, Spending, Tranches, new(test.Database), test.Database, test.Time,
            NullLogger<SpendingBooks>.Instance);
    }

    public Spending Spending { get; } = new();

    public TrancheStore Tranches { get; }

    public Budgets Budgets { get; }

    public SpendingBooks Books { get; }

    public static BudgetProcess Start(TestDatabase test, params ImmutableArray<BudgetRule> rules) => new(test, new() { Rules = rules });

    public static BudgetProcess Start(TestDatabase test, BudgetsDeclaration declaration) => new(test, declaration);

    public static CallOrigin By(string? user, string? app = null, string? key = null, params ImmutableHashSet<string> groups)
        => new() { Caller = new() { Tenant = Tenants.Default, User = user, Groups = groups }, App = app, Key = key };

    /// <summary>An input token of the model costs one dollar.</summary>
    public static CallUsage Dollars(long dollars) => new(dollars, 0, 0, 0, 0);

    public async Task<IReservation> ReserveAsync(CallOrigin origin, long dollars)
        => await Budgets.ReserveAsync(origin, Model, Dollars(dollars), CancellationToken.None);

    /// <returns>null when the budget refused.</returns>
    public async Task<IReservation?> TryReserveAsync(CallOrigin origin, long dollars)
    {
        try
        {
            return await ReserveAsync(origin, dollars);
        }
        catch (BudgetSpentException)
        {
            return null;
        }
    }

    public Task EndAsync() => Books.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        Books.Dispose();
        Budgets.Dispose();
    }
}
