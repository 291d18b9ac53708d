using Cairn.Storage;
using Cairn.Testing;
using static Cairn.Models.Tests.BudgetProcess;

namespace Cairn.Models.Tests;

public sealed class BudgetsTests
{
    private static readonly BudgetRule AnnsDay = new() { For = CallScope.Parse("user:ann")!, Day = 100 };

    [Theory, Engines]
    public async Task A_spent_budget_refuses_with_what_how_much_and_when_it_resets(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        using var process = Start(test, AnnsDay);
        (await process.ReserveAsync(By("ann"), 90)).Settle(Dollars(90));
        var e = await Assert.ThrowsAsync<BudgetSpentException>(() => process.ReserveAsync(By("ann"), 20));
        Assert.Equal(("budget.spent", ErrorKind.NotPermitted), (e.Code, e.Kind));
        Assert.Equal(
            "The budget of user:ann for 2026-01-05 is 100.00 USD; 90.00 USD of it is spent or reserved, and this call may cost up to 20.00 USD. It resets on 2026-01-06 00:00 UTC.", e.Message);
        Assert.Equal(new DateTimeOffset(2026, 1, 6, 0, 0, 0, TimeSpan.Zero), e.Resets);
        (await process.ReserveAsync(By("ben"), 1000)).Release();
        test.Time.Advance(TimeSpan.FromDays(1));
        (await process.ReserveAsync(By("ann"), 100)).Release();
    }

    [Theory, Engines]
    public async Task A_call_keeps_within_every_budget_that_covers_it(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        using var process = Start(test,
            new BudgetRule { For = CallScope.Everyone, Month = 200 },
            new BudgetRule { For = CallScope.Parse("group:legal")!, Day = 150 },
            new BudgetRule { For = CallScope.Parse("app:qa")!, Day = 60 },
            new BudgetRule { For = CallScope.Parse("key:K1")!, Day = 40 });
        Assert.Null(await process.TryReserveAsync(By("ann", app: "qa", groups: "legal"), 61));
        Assert.Null(await process.TryReserveAsync(By("ann", key: "K1"), 41));
        (await process.ReserveAsync(By("ann", groups: "legal"), 150)).Settle(Dollars(150));
        Assert.Null(await process.TryReserveAsync(By("ben", groups: "legal"), 1));
        Assert.Null(await process.TryReserveAsync(By(null), 51));
        (await process.ReserveAsync(By(null), 50)).Release();
        // A refusal by one budget gave back what the others had set aside.
        await process.EndAsync();
        Assert.All(await process.Books.BudgetsAsync(Tenants.Default, default), b => Assert.Equal(0, b.HeldUsd));
    }

    [Fact]
    public async Task Each_caller_has_a_budget_of_their_own_where_the_rule_says_so()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new ModelsMigrations());
        using var process = Start(test, new BudgetRule { For = CallScope.Everyone, Each = true, Day = 10 });
        (await process.ReserveAsync(By("ann"), 10)).Settle(Dollars(10));
        Assert.Null(await process.TryReserveAsync(By("ann"), 1));
        (await process.ReserveAsync(By("ben"), 7)).Settle(Dollars(7));
        Assert.Equal(["everyone each ann 10", "everyone each ben 7"],
            (await process.Books.BudgetsAsync(Tenants.Default, default)).Select(b => $"{b.For} {b.SpentUsd:0}"));
    }

    [Fact]
    public async Task What_a_call_did_not_use_can_be_spent_by_the_next_one_and_an_end_counts_once()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new ModelsMigrations());
        using var process = Start(test, AnnsDay);
        var first = await process.ReserveAsync(By("ann"), 100);
        Assert.Null(await process.TryReserveAsync(By("ann"), 1));
        Assert.Equal(30, first.Settle(Dollars(30)));
        first.Settle(Dollars(30));
        first.Release();
        (await process.ReserveAsync(By("ann"), 70)).Release();
        Assert.Null(await process.TryReserveAsync(By("ann"), 71));
    }

    [Fact]
    public async Task A_call_that_cost_more_than_could_be_foreseen_is_booked_whole()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new ModelsMigrations());
        using var process = Start(test, AnnsDay);
        (await process.ReserveAsync(By("ann"), 10)).Settle(Dollars(60));
        Assert.Null(await process.TryReserveAsync(By("ann"), 41));
        (await process.ReserveAsync(By("ann"), 40)).Release();
    }

    [Theory, Engines]
    public async Task What_a_call_cost_beyond_its_reservation_is_remembered_over_an_end(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        using (var ended = Start(test, AnnsDay))
        {
            (await ended.ReserveAsync(By("ann"), 10)).Settle(Dollars(70));
            (await ended.ReserveAsync(By("ann"), 30)).Settle(Dollars(90));
            await ended.EndAsync();
        }
        using var next = Start(test, AnnsDay);
        await next.Tranches.ReconcileAsync(TimeSpan.Zero, default);
        var e = await Assert.ThrowsAsync<BudgetSpentException>(() => next.ReserveAsync(By("ann"), 1));
        Assert.Contains("160.00 USD of it is spent", e.Message);
        var status = Assert.Single(await next.Books.BudgetsAsync(Tenants.Default, default));
        Assert.Equal((160m, 0m, 0m, true), (status.SpentUsd, status.LostUsd, status.HeldUsd, status.IsWarning));
    }

    [Theory, Engines]
    public async Task What_a_call_cost_beyond_its_reservation_is_remembered_over_a_crash(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        using var crashed = Start(test, AnnsDay);
        await crashed.Books.StartAsync(default);
        await test.Time.UntilTimersAsync();
        (await crashed.ReserveAsync(By("ann"), 10)).Settle(Dollars(160));
        // Its books tell the database without waiting for the next second, which never comes here.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await TakenAsync(crashed) < Money.Up(160))
            patience.Token.ThrowIfCancellationRequested();
        using var next = Start(test, AnnsDay);
        await next.Tranches.ReconcileAsync(TimeSpan.Zero, default);
        Assert.Null(await next.TryReserveAsync(By("ann"), 1));
        var status = Assert.Single(await next.Books.BudgetsAsync(Tenants.Default, default));
        Assert.Equal((160m, true), (status.SpentUsd + status.LostUsd, status.IsWarning));
    }

    [Fact]
    public async Task A_call_within_its_tranche_writes_nothing_and_one_beyond_it_writes_once()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new ModelsMigrations());
        using var process = Start(test, new BudgetRule { For = CallScope.Everyone, Day = 10_000 });
        (await process.ReserveAsync(By("ann"), 1)).Release();
        var tranche = await TakenAsync(process);
        // More than was reserved, and still within the tranche.
        (await process.ReserveAsync(By("ann"), 1)).Settle(Dollars(2));
        await process.Budgets.CoverAsync(default);
        Assert.Equal(tranche, await TakenAsync(process));
        (await process.ReserveAsync(By("ann"), 1)).Settle(Dollars(500));
        await process.Budgets.CoverAsync(default);
        await process.Budgets.CoverAsync(default);
        Assert.Equal(Money.Up(502), await TakenAsync(process));
        // The next tranche takes the overdraft's place.
        (await process.ReserveAsync(By("ann"), 1)).Release();
        await process.EndAsync();
        Assert.Equal(Money.Up(502), await TakenAsync(process));
    }

    [Fact]
    public async Task What_other_calls_give_back_pays_an_overdraft_and_does_not_widen_the_budget()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new ModelsMigrations());
        using var process = Start(test, AnnsDay);
        var other = await process.ReserveAsync(By("ann"), 50);
        (await process.ReserveAsync(By("ann"), 50)).Settle(Dollars(70));
        await process.Budgets.CoverAsync(default);
        other.Release();
        Assert.Null(await process.TryReserveAsync(By("ann"), 31));
        (await process.ReserveAsync(By("ann"), 30)).Settle(Dollars(30));
        await process.EndAsync();
        var status = Assert.Single(await process.Books.BudgetsAsync(Tenants.Default, default));
        Assert.Equal((100m, 0m), (status.SpentUsd, status.HeldUsd));
    }

    [Theory, Engines]
    public async Task A_row_that_settled_more_than_it_leased_has_taken_what_it_settled(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        var account = new AccountName(Tenants.Default, "user:ann", BudgetPeriod.DayOf(test.Time.GetUtcNow()));
        foreach (var settled in new[] { 60, 40 })
        {
            using var earlier = Start(test, AnnsDay);
            await test.Database.WriteAsync(Durability.Full,
                s => TrancheStore.BookAsync(s, earlier.Tranches.Row(account, Money.Up(10), Money.Up(settled)), Money.Up(100), 1), default);
            using var next = Start(test, AnnsDay);
            await next.Tranches.ReconcileAsync(TimeSpan.Zero, default);
        }
        using var now = Start(test, AnnsDay);
        Assert.Null(await now.TryReserveAsync(By("ann"), 1));
        var status = Assert.Single(await now.Books.BudgetsAsync(Tenants.Default, default));
        Assert.Equal((100m, 0m), (status.SpentUsd, status.LostUsd));
    }

    [Fact]
    public async Task A_model_without_a_price_is_refused_under_a_budget_unless_the_workspace_allows_it()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new ModelsMigrations());
        var model = new ModelName("local", "unknown");
        using var strict = Start(test, AnnsDay);
        var e = await Assert.ThrowsAsync<CairnException>(async () => await strict.Budgets.ReserveAsync(By("ann"), model, Dollars(1),
            default));
        Assert.Equal("budget.price", e.Code);
        Assert.Contains("names: [local/unknown]", e.Fix);
        Assert.Null((await strict.Budgets.ReserveAsync(By("ben"), model, Dollars(1), default)).Settle(Dollars(1)));
        using var lax = Start(test, new BudgetsDeclaration { Rules = [AnnsDay], AllowUnknownPrice = true });
        Assert.Null((await lax.Budgets.ReserveAsync(By("ann"), model, Dollars(1), default)).Settle(Dollars(1)));
        var line = Assert.Single(await lax.Books.CostAsync(Tenants.Default, CostBy.Model, new(2026, 1, 5), new(2026, 1, 5), default));
        Assert.Equal((1, 1, 0m), (line.Calls, line.Unpriced, line.CostUsd));
    }

    [Theory, Engines]
    public async Task The_warning_at_four_fifths_comes_once(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        var account = new AccountName(Tenants.Default, "user:ann", BudgetPeriod.DayOf(test.Time.GetUtcNow()));
        using var process = Start(test, AnnsDay);
        var spent = new List<long?>();
        foreach (var more in new long[] { 70, 9, 1, 5 })
            spent.Add(await test.Database.WriteAsync(Durability.Derived,
                s => TrancheStore.BookAsync(s, process.Tranches.Row(account, 0, more), 100, 1), default));
        Assert.Equal([null, null, 80, null], spent);
    }

    [Theory, Engines]
    public async Task A_crash_forfeits_at_most_a_twentieth_and_an_end_nothing(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        var rule = new BudgetRule { For = CallScope.Everyone, Day = 10_000 };
        using (var ended = Start(test, rule))
        {
            for (var i = 0; i < 1_000; i++)
                (await ended.ReserveAsync(By("ann"), 1)).Settle(Dollars(1));
            await ended.EndAsync();
        }
        using var crashed = Start(test, rule);
        for (var i = 0; i < 1_000; i++)
            (await crashed.ReserveAsync(By("ann"), 1)).Settle(Dollars(1));
        using var next = Start(test, rule);
        await next.Tranches.ReconcileAsync(TimeSpan.Zero, default);
        var status = Assert.Single(await next.Books.BudgetsAsync(Tenants.Default, default));
        Assert.Equal((1_000m, 0m), (status.SpentUsd, status.HeldUsd));
        // The crashed process had written down nothing: its 1,000 and the rest of its last tranche are lost.
        Assert.InRange(status.LostUsd, 1_000, 1_500);
    }

    [Fact]
    public async Task An_unused_tranche_is_given_back_so_that_another_process_can_spend_it()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new ModelsMigrations());
        using var a = Start(test, AnnsDay);
        using var b = Start(test, AnnsDay);
        (await a.ReserveAsync(By("ann"), 50)).Release();
        Assert.Null(await b.TryReserveAsync(By("ann"), 60));
        test.Time.Advance(SpendingBooks.Idle + TimeSpan.FromSeconds(1));
        await a.Books.WriteAsync(returnAll: false, default);
        Assert.NotNull(await b.TryReserveAsync(By("ann"), 60));
    }

    [Theory, Engines]
    public async Task Cost_is_summed_by_model_app_user_key_and_day(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        using var process = Start(test);
        (await process.ReserveAsync(By("ann", "qa", "K1"), 5)).Settle(new(5, 1, 2, 7, 3));
        (await process.ReserveAsync(By("ann", "qa"), 5)).Settle(Dollars(4));
        test.Time.Advance(TimeSpan.FromDays(1));
        (await process.ReserveAsync(By("ben"), 5)).Settle(Dollars(1));
        await process.Books.WriteAsync(returnAll: false, default);
        (await process.ReserveAsync(By("ben"), 5)).Settle(Dollars(1));
        async Task<string[]> By2(CostBy by, int to = 6)
            => [.. (await process.Books.CostAsync(Tenants.Default, by, new(2026, 1, 5), new(2026, 1, to), default))
                .Select(l => $"{l.Name} {l.Calls} {l.CostUsd:0}")];
        Assert.Equal(["local/priced 4 11"], await By2(CostBy.Model));
        Assert.Equal(["qa 2 9", " 2 2"], await By2(CostBy.App));
        Assert.Equal(["ann 2 9", "ben 2 2"], await By2(CostBy.User));
        Assert.Equal([" 3 6", "K1 1 5"], await By2(CostBy.Key));
        Assert.Equal(["2026-01-05 2 9", "2026-01-06 2 2"], await By2(CostBy.Day));
        Assert.Equal(["ann 2 9"], await By2(CostBy.User, to: 5));
        var k1 = (await process.Books.CostAsync(Tenants.Default, CostBy.Key, new(2026, 1, 5), new(2026, 1, 6), default))[1];
        Assert.Equal(new CallUsage(5, 1, 2, 7, 3), k1.Tokens);
        Assert.Empty(await process.Books.CostAsync("other", CostBy.Day, new(2026, 1, 5), new(2026, 1, 6), default));
    }

    private static async Task<decimal> TakenAsync(BudgetProcess process)
        => (await process.Tranches.PeriodsAsync(Tenants.Default, ["2026-01-05"], default))[0].Leased;
}
