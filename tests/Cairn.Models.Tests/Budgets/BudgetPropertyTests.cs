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

    [Theory, Engines]
    public async Task What_a_call_costs_beyond_its_reservation_is_never_granted_again(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        await new Run(test, 3, crashes: true, overruns: true).PlayAsync();
    }

    private sealed class Run(TestDatabase test, int seed, bool crashes, bool overruns = false)
    {
        private readonly ConcurrentDictionary<AccountName, long> _spent = new();

        /// <summary>What of it was beyond what its calls had reserved.</summary>
        private readonly ConcurrentDictionary<AccountName, long> _beyond = new();

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
                if (overruns)
                    await NothingIsGrantedBeyondWhatIsLeftAsync(processes);
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
                if (overruns)
                    await NothingIsGrantedBeyondWhatIsLeftAsync(processes);
            }
            Assert.True(_calls > (overruns ? 30 : 60), $"seed {seed}: only {_calls} calls were let through");
            Assert.True(_refused > 20, $"seed {seed}: the budgets were never reached, so that nothing was tested");
            await DrainAsync(processes);
            Check();
            Assert.Equal(overruns, _beyond.Values.Any(b => b > 0));
            processes.ForEach(p => p.Dispose());
        }

        /// <summary>All but one process end, and that one spends what is left.</summary>
        private async Task DrainAsync(List<BudgetProcess> processes)
        {
            foreach (var process in processes)
                await process.EndAsync();
            // Past the time for which a refusal is believed.
            test.Time.Advance(TimeSpan.FromSeconds(2));
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
            var beyond = overruns && random.Next(0, 3) == 0 ? random.Next(1, 4 * most) : 0;
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
                    Count(_beyond, origin, begun, beyond);
                    Count(origin, begun, beyond);
                    reservation.Settle(Dollars(cost + beyond));
                    // As a running process does at once; a crash comes after it.
                    await process.Budgets.CoverAsync(CancellationToken.None);
                    if (cost % 2 == 0)
                        reservation.Release();
                    break;
            }
        }

        /// <summary>
        /// While no call is under way, what really was spent decides, whoever asks; and nobody is said to have lost less than nothing.
        /// </summary>
        private async Task NothingIsGrantedBeyondWhatIsLeftAsync(List<BudgetProcess> processes)
        {
            // Past the time for which a refusal is believed.
            test.Time.Advance(TimeSpan.FromSeconds(2));
            var now = test.Time.GetUtcNow();
            foreach (var process in processes)
            {
                foreach (var origin in Callers)
                {
                    var left = AccountsOf(origin, now).Min(a => Limit(a) - _spent.GetValueOrDefault(a));
                    Assert.True(await process.TryReserveAsync(origin, Math.Max(0, left) + 1) is null,
                        $"seed {seed}: {origin.Caller.User} was granted more than the {left} that are left");
                }
                Assert.All(await process.Books.BudgetsAsync(Tenants.Default, default), b => Assert.True(b.LostUsd >= 0, b.ToString()));
            }
        }

        private void Count(CallOrigin origin, DateTimeOffset begun, long dollars) => Count(_spent, origin, begun, dollars);

        private static void Count(ConcurrentDictionary<AccountName, long> into, CallOrigin origin, DateTimeOffset begun, long dollars)
        {
            foreach (var account in AccountsOf(origin, begun))
                into.AddOrUpdate(account, dollars, (_, s) => s + dollars);
        }

        private static IEnumerable<AccountName> AccountsOf(CallOrigin origin, DateTimeOffset begun)
        {
            foreach (var rule in Rules.Where(r => r.For.Covers(origin)))
            {
                if (rule.Day is not null)
                    yield return AccountName.Of(rule, origin, BudgetPeriod.DayOf(begun));
                if (rule.Month is not null)
                    yield return AccountName.Of(rule, origin, BudgetPeriod.MonthOf(begun));
            }
        }

        private static long Limit(AccountName account)
        {
            var rule = Rules.Single(r => r.Each
                ? account.Name.StartsWith(r.For.Text + " each ", StringComparison.Ordinal)
                : account.Name == r.For.Text);
            return (long)(account.Period.IsMonth ? rule.Month : rule.Day)!.Value;
        }

        private void Check()
        {
            foreach (var (account, spent) in _spent)
            {
                var limit = Limit(account) + _beyond.GetValueOrDefault(account);
                Assert.True(spent <= limit, $"seed {seed}: {account} spent {spent} of {limit}");
            }
        }
    }
}
