using System.Collections.Concurrent;
using Cairn.Storage;
using Cairn.Testing;
using static Cairn.Models.Tests.BudgetProcess;

namespace Cairn.Models.Tests;

/// <summary>Whatever calls, failures, aborts, crashes and midnights do: nobody spends more than the budgets hold.</summary>
public sealed class BudgetPropertyTests
{
    private static readonly BudgetRule[] Rules =
    [
        new() { For = CallScope.Everyone, Day = 4_000, Month = 9_000 },
        new() { For = CallScope.Everyone, Each = true, Day = 1_500 },
        new() { For = CallScope.Parse("group:legal")!, Day = 2_500 },
        new() { For = CallScope.Parse("app:qa")!, Month = 5_000 },
    ];

    private static readonly CallOrigin[] Callers =
    [
        By("ann", groups: "legal"), By("ben", "qa"), By("cid", "qa", groups: "legal"), By(null),
    ];

    [Theory, Engines]
    public async Task Nothing_is_ever_overspent(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        await new Run(test, 1, crashes: true).PlayAsync();
    }

    [Theory, Engines]
    public async Task Without_a_crash_the_last_cent_can_be_spent_and_no_more(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        var run = new Run(test, 2, crashes: false);
        await run.PlayAsync();
        Assert.Equal(4_000, run.Spent(Rules[0]));
    }

    private sealed class Run(TestDatabase test, int seed, bool crashes)
    {
        private readonly ConcurrentDictionary<AccountName, long> _spent = new();
        private readonly Random _random = new(seed);
        private long _calls;
        private long _refused;

        public long Spent(BudgetRule rule) => _spent[AccountName.Of(rule, Callers[0], BudgetPeriod.DayOf(test.Time.GetUtcNow()))];

        public async Task PlayAsync()
        {
            // Near midnight and near the month's end.
            test.Time.Advance(new DateTimeOffset(2026, 1, 31, 23, 50, 0, TimeSpan.Zero) - test.Time.GetUtcNow());
            var processes = Enumerable.Range(0, 3).Select(_ => Start(test, [.. Rules])).ToList();
            for (var round = 0; round < 12; round++)
            {
                var calls = Enumerable.Range(0, 20)
                    .Select(_ => CallAsync(processes[_random.Next(3)], _random.Next(), test.Time.GetUtcNow()))
                    .ToArray();
                await Task.WhenAll(calls);
                var dice = _random.Next(10);
                var which = _random.Next(3);
                if (dice < 3 && crashes)
                {
                    // A crash: its tranches, and the calls that it had begun, are heard of no more.
                    processes[which].Dispose();
                    processes[which] = Start(test, [.. Rules]);
                }
                else if (dice < 4)
                {
                    await processes[which].EndAsync();
                    processes[which].Dispose();
                    processes[which] = Start(test, [.. Rules]);
                    await processes[which].Tranches.ReconcileAsync(TimeSpan.FromMinutes(2), default);
                }
                else if (dice < 6)
                {
                    test.Time.Advance(TimeSpan.FromMinutes(_random.Next(1, 9)));
                }
                foreach (var process in processes.Where(_ => _random.Next(2) == 0))
                    await process.Books.WriteAsync(returnAll: false, default);
                Check();
            }
            Assert.True(_calls > 60, $"seed {seed}: only {_calls} calls were let through");
            Assert.True(_refused > 20, $"seed {seed}: the budgets were never reached, so that nothing was tested");
            await DrainAsync(processes);
            Check();
            processes.ForEach(p => p.Dispose());
        }

        /// <summary>All but one process end, and that one spends what is left.</summary>
        private async Task DrainAsync(List<BudgetProcess> processes)
        {
            foreach (var process in processes)
                await process.EndAsync();
            foreach (var origin in Callers)
            {
                for (var dollars = 1_024; dollars > 0; dollars /= 2)
                {
                    while (await processes[0].TryReserveAsync(origin, dollars) is not null)
                        Count(origin, test.Time.GetUtcNow(), dollars);
                }
            }
        }

        private async Task CallAsync(BudgetProcess process, int dice, DateTimeOffset begun)
        {
            var random = new Random(dice);
            var origin = Callers[random.Next(Callers.Length)];
            var most = random.Next(1, 120);
            if (await process.TryReserveAsync(origin, most) is not { } reservation)
            {
                Interlocked.Increment(ref _refused);
                return;
            }
            Interlocked.Increment(ref _calls);
            // Until it ends, the model may cost all that was reserved.
            Count(origin, begun, most);
            await Task.Yield();
            var cost = random.Next(0, 5) == 0 ? random.Next(0, most + 1) : most;
            switch (random.Next(8))
            {
                case 0: // it never reached the model
                    Count(origin, begun, -most);
                    reservation.Release();
                    break;
                case 1 when crashes: // never settled: its process crashes first, and the model was paid
                    break;
                default: // settled, and now and then released by a second hand
                    Count(origin, begun, cost - most);
                    reservation.Settle(Dollars(cost));
                    if (cost % 2 == 0)
                        reservation.Release();
                    break;
            }
        }

        private void Count(CallOrigin origin, DateTimeOffset begun, long dollars)
        {
            foreach (var rule in Rules.Where(r => r.For.Covers(origin)))
            {
                if (rule.Day is not null)
                    _spent.AddOrUpdate(AccountName.Of(rule, origin, BudgetPeriod.DayOf(begun)), dollars, (_, s) => s + dollars);
                if (rule.Month is not null)
                    _spent.AddOrUpdate(AccountName.Of(rule, origin, BudgetPeriod.MonthOf(begun)), dollars, (_, s) => s + dollars);
            }
        }

        private void Check()
        {
            foreach (var (account, spent) in _spent)
            {
                var rule = Rules.Single(r => r.Each
                    ? account.Name.StartsWith(r.For.Text + " each ", StringComparison.Ordinal)
                    : account.Name == r.For.Text);
                var limit = account.Period.IsMonth ? rule.Month : rule.Day;
                Assert.True(spent <= limit, $"seed {seed}: {account} spent {spent} of {limit}");
            }
        }
    }
}
