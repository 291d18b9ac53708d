using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Models.Tests;

/// <summary>Whatever comes in whatever order: no minute, wherever it begins, holds more than the limit, on one server or several.</summary>
public sealed class LimitPropertyTests
{
    private static readonly ModelName Model = new("local", "m");

    [Fact]
    public async Task No_minute_ever_holds_more_than_the_limits()
    {
        var rule = new LimitRule { For = CallScope.Everyone, Requests = 30, Input = 1_000, Concurrent = 3 };
        for (var seed = 1; seed <= 5; seed++)
        {
            var time = new ManualTime();
            using var limits = new CallLimits(new() { Rules = [rule], Wait = TimeSpan.FromMinutes(1), QueueLength = 10_000 }, time,
                shared: false);
            var run = new Run(time, new Random(seed));
            for (var step = 0; step < 150; step++)
                await run.StepAsync(limits);
            Assert.True(run.Entered > 60);
            run.Check(rule);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shares_never_sum_to_more_than_the_whole_and_everybody_who_wants_gets_some(int seed)
    {
        var random = new Random(seed);
        for (var game = 0; game < 200; game++)
        {
            var parts = random.Next(1, 100);
            var rows = Enumerable.Range(0, random.Next(1, 6)).Select(i => new ShareRow { Key = "k", Holder = "s" + i }).ToList();
            for (var step = 0; step < 60; step++)
            {
                var i = random.Next(rows.Count);
                var filled = rows[i].Parts == 0 ? 0 : random.Next((int)rows[i].Parts + 1);
                rows[i] = rows[i] with { Wanted = random.Next(3) == 0 ? 0 : random.Next(1, 50) };
                rows[i] = rows[i] with { Parts = ShareOut.Next(parts, rows[i], filled, [.. rows.Where((_, n) => n != i)], step / 10) };
                Assert.True(rows.Sum(r => r.Parts) <= parts && rows[i].Parts >= filled);
            }
            rows = [.. rows.Select(r => r with { Wanted = 10 })];
            for (var round = 0; round < 3; round++)
            {
                for (var i = 0; i < rows.Count; i++)
                    rows[i] = rows[i] with { Parts = ShareOut.Next(parts, rows[i], 0, [.. rows.Where((_, n) => n != i)], 7) };
            }
            Assert.Equal(parts, rows.Sum(r => r.Parts));
            Assert.All(rows, r => Assert.InRange(r.Parts, parts / rows.Count, (parts / rows.Count) + 1));
        }
    }

    [Theory, Engines]
    public async Task Servers_that_share_a_database_share_the_limits(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ModelsMigrations());
        var rule = new LimitRule { For = CallScope.Everyone, Requests = 40, Input = 2_000, Concurrent = 6 };
        var declaration = new LimitsDeclaration { Rules = [rule], Wait = TimeSpan.FromMinutes(1), QueueLength = 10_000 };
        var servers = Enumerable.Range(0, 3).Select(_ =>
        {
            var limits = new CallLimits(declaration, test.Time, shared: true);
            return (Limits: limits, Shares: new LimitShares(limits, new(test.Database, test.Identifiers.New()), test.Time,
                NullLogger<LimitShares>.Instance));
        }).ToArray();
        var run = new Run(test.Time, new Random(5));
        var entered = new int[3];
        for (var step = 0; step < 60; step++)
        {
            var which = step < 20 ? 0 : run.Random.Next(3);
            var before = run.Entered;
            await run.StepAsync(servers[which].Limits);
            entered[which] += run.Entered - before;
            // Each server at its own time, as it comes; sometimes one is late.
            foreach (var server in servers.Where(_ => run.Random.Next(3) > 0))
                await server.Shares.ShareAsync(default);
            run.Check(rule);
        }
        Assert.All(entered, e => Assert.True(e > 0));
        foreach (var (limits, shares) in servers)
        {
            shares.Dispose();
            limits.Dispose();
        }
    }

    [Fact]
    public async Task The_pace_finds_what_a_provider_can_take()
    {
        // A provider that takes six at once and refuses more, for ten simulated minutes of callers who would send forty.
        var time = new ManualTime();
        using var limits = new CallLimits(new() { Wait = TimeSpan.FromMinutes(20), QueueLength = 1_000 }, time, shared: false);
        var (atProvider, refused, served) = (0, 0, 0);
        var running = new List<(ICallLease Lease, bool Refused, DateTimeOffset Ends)>();
        var waiting = new List<Task<ICallLease>>();
        for (var second = 0; second < 600; second++)
        {
            foreach (var done in running.Where(r => r.Ends <= time.GetUtcNow()).ToArray())
            {
                running.Remove(done);
                if (!done.Refused)
                    (atProvider, served) = (atProvider - 1, served + 1);
                done.Lease.Dispose();
            }
            while (waiting.Count + running.Count < 40)
                waiting.Add(limits.EnterAsync(Model, new() { Caller = Principal.Visitor() }, default, default).AsTask());
            foreach (var place in waiting.Where(w => w.IsCompleted).ToArray())
            {
                waiting.Remove(place);
                var lease = await place;
                if (atProvider < 6)
                {
                    atProvider++;
                    running.Add((lease, false, time.GetUtcNow() + TimeSpan.FromSeconds(3)));
                }
                else
                {
                    refused++;
                    lease.Refused(null);
                    running.Add((lease, true, time.GetUtcNow()));
                }
            }
            time.Advance(TimeSpan.FromSeconds(1));
        }
        // 600 s with six at once for 3 s each would be 1,200 calls; without a pace 34 of every 40 tries are refused.
        Assert.InRange(served, 500, 1_200);
        Assert.True(refused < served / 4, $"{refused} refused, {served} served");
    }

    private sealed class Run(ManualTime time, Random random)
    {
        private readonly List<(DateTimeOffset At, long Input)> _entered = [];
        private readonly List<ICallLease> _running = [];
        private readonly List<(Task<ICallLease> Place, long Input)> _waiting = [];
        private int _mostAtOnce;

        public Random Random => random;

        public int Entered => _entered.Count;

        public async Task StepAsync(CallLimits limits)
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                var input = random.Next(1, 150);
                _waiting.Add((limits.EnterAsync(new() { Caller = new() { Tenant = Tenants.Default, User = "u" + random.Next(4) } },
                    new(input, 0, 0, 0, 0), default).AsTask(), input));
            }
            foreach (var lease in _running.Where(_ => random.Next(2) == 0).ToArray())
            {
                _running.Remove(lease);
                lease.Dispose();
                await CollectAsync();
            }
            for (var ticks = random.Next(16); ticks >= 0; ticks--)
            {
                await CollectAsync();
                time.Advance(TimeSpan.FromMilliseconds(250));
            }
            await CollectAsync();
        }

        public void Check(LimitRule rule)
        {
            Assert.InRange(_mostAtOnce, 0, rule.Concurrent!.Value);
            foreach (var (at, _) in _entered)
            {
                var minute = _entered.Where(e => e.At >= at && e.At < at + TimeSpan.FromMinutes(1)).ToArray();
                Assert.InRange(minute.Length, 1, rule.Requests!.Value);
                Assert.InRange(minute.Sum(e => e.Input), 1, rule.Input!.Value);
            }
        }

        private async Task CollectAsync()
        {
            foreach (var (place, input) in _waiting.Where(w => w.Place.IsCompleted).ToArray())
            {
                _waiting.Remove((place, input));
                if (place.IsFaulted)
                    continue;
                _running.Add(await place);
                _entered.Add((time.GetUtcNow(), input));
                _mostAtOnce = Math.Max(_mostAtOnce, _running.Count);
            }
        }
    }
}
