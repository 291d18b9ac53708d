using System.Collections.Immutable;
using Cairn.Testing;

namespace Cairn.Models.Tests;

public sealed class CallLimitsTests : IDisposable
{
    private static readonly ModelName Model = new("local", "m");
    private static CallUsage Nothing => default;

    private readonly ManualTime _time = new();
    private readonly List<CallLimits> _made = [];

    [Fact]
    public async Task What_nothing_limits_takes_no_place_and_no_memory()
    {
        var limits = Limits([new() { For = CallScope.Parse("user:ann"), Requests = 1 }]);
        var origin = By("ben");
        await limits.EnterAsync(origin, Nothing, default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            var entering = limits.EnterAsync(origin, Nothing, default);
            Assert.True(entering.IsCompletedSuccessfully);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000);
    }

    [Fact]
    public async Task A_call_over_the_limit_waits_until_the_minute_is_over()
    {
        var limits = Limits([new() { For = CallScope.Everyone, Requests = 2 }], TimeSpan.FromMinutes(2));
        (await Enter(limits, "ann")).Dispose();
        _time.Advance(TimeSpan.FromSeconds(30));
        (await Enter(limits, "ann")).Dispose();
        var third = Enter(limits, "ann");
        var fourth = Enter(limits, "ann");
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(3));
        (await third).Dispose();
        Assert.False(fourth.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(30));
        (await fourth).Dispose();
    }

    [Fact]
    public async Task Tokens_are_expected_first_and_corrected_by_what_was_used()
    {
        var limits = Limits([new() { For = CallScope.Everyone, Input = 100, Output = 50 }]);
        using var first = await Enter(limits, "ann", new(90, 0, 0, 50, 0));
        var second = Enter(limits, "ben", new(20, 0, 0, 10, 0));
        Assert.False(second.IsCompleted);
        first.Used(new(70, 0, 0, 5, 0));
        first.Dispose();
        first.Dispose();
        (await second).Dispose();
        // 70 + 20 of 100 are used now.
        var third = Enter(limits, "ann", new(11, 0, 0, 0, 0));
        Assert.False(third.IsCompleted);
        // A call that is larger than the limit has a minute to itself.
        var larger = Enter(limits, "cid", new(500, 0, 0, 0, 0));
        _time.Advance(TimeSpan.FromSeconds(62));
        Assert.True(third.IsCompleted);
        Assert.False(larger.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(62));
        (await larger).Dispose();
    }

    [Fact]
    public async Task Callers_wait_in_turn_and_the_calls_of_one_in_their_order()
    {
        var limits = Limits([new() { For = CallScope.Everyone, Concurrent = 1 }], TimeSpan.FromMinutes(5));
        var running = await Enter(limits, "ann");
        var order = new List<string>();
        var waiting = new List<(string Name, Task<ICallLease> Place)>();
        foreach (var name in new[] { "ann1", "ann2", "ann3", "ann4", "ben1", "ben2", "cid1" })
            waiting.Add((name, Enter(limits, name[..3])));
        while (waiting.Count > 0)
        {
            running.Dispose();
            var (name, place) = waiting.Single(w => w.Place.IsCompleted);
            order.Add(name);
            waiting.RemoveAll(w => w.Name == name);
            running = await place;
        }
        Assert.Equal(["ann1", "ben1", "cid1", "ann2", "ben2", "ann3", "ann4"], order);
    }

    [Fact]
    public async Task Who_waits_for_one_limit_does_not_hold_up_another()
    {
        var limits = Limits([new() { For = CallScope.Everyone, Each = true, Concurrent = 1 }]);
        using var ann = await Enter(limits, "ann");
        var second = Enter(limits, "ann");
        (await Enter(limits, "ben")).Dispose();
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_large_call_is_not_starved_by_small_ones()
    {
        var limits = Limits([new() { For = CallScope.Everyone, Input = 100 }], TimeSpan.FromMinutes(5));
        (await Enter(limits, "ann", new(60, 0, 0, 0, 0))).Dispose();
        var large = Enter(limits, "ben", new(90, 0, 0, 0, 0));
        var small = Enter(limits, "cid", new(5, 0, 0, 0, 0));
        Assert.False(small.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(62));
        (await large).Dispose();
        (await small).Dispose();
    }

    [Fact]
    public async Task A_call_waits_no_longer_than_its_deadline_and_the_queue_is_bounded()
    {
        var limits = Limits([new() { For = CallScope.Parse("user:ann"), Concurrent = 1 }], TimeSpan.FromSeconds(10), queue: 2);
        using var running = await Enter(limits, "ann");
        var waiting = Enter(limits, "ann");
        _ = Enter(limits, "ann");
        var full = await Assert.ThrowsAsync<LimitException>(async () => await Enter(limits, "ann"));
        Assert.Equal("The limit of user:ann is reached and 2 calls wait for it already.", full.Message);
        _time.Advance(TimeSpan.FromSeconds(11));
        var late = await Assert.ThrowsAsync<LimitException>(() => waiting);
        Assert.Equal("limit.caller", late.Code);
        Assert.Equal("The limit of user:ann is reached and no place became free within 10 s.", late.Message);
    }

    [Fact]
    public async Task A_caller_who_leaves_leaves_the_queue()
    {
        var limits = Limits([new() { For = CallScope.Everyone, Concurrent = 1 }], queue: 1);
        var running = await Enter(limits, "ann");
        using var leaving = new CancellationTokenSource();
        var left = limits.EnterAsync(By("ann"), Nothing, leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        var next = Enter(limits, "ben");
        running.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task A_provider_that_refuses_is_left_alone_as_long_as_it_asks_and_then_taken_more_slowly()
    {
        var limits = Limits([], TimeSpan.FromSeconds(30));
        var running = new List<ICallLease>();
        for (var i = 0; i < 8; i++)
            running.Add(await Provider(limits, "ann"));
        running[0].Refused(TimeSpan.FromSeconds(5));
        running.ForEach(r => r.Dispose());
        var waiting = Enumerable.Range(0, 8).Select(i => Provider(limits, "user" + i)).ToArray();
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.InRange(waiting.Count(w => w.IsCompleted), 4, 5);
        foreach (var place in waiting)
            (await place).Dispose();
    }

    [Fact]
    public async Task A_provider_that_asks_for_longer_than_a_call_may_wait_is_refused_at_once()
    {
        var limits = Limits([], TimeSpan.FromSeconds(10));
        var first = await Provider(limits, "ann");
        first.Refused(TimeSpan.FromMinutes(1));
        first.Dispose();
        var e = await Assert.ThrowsAsync<LimitException>(async () => await Provider(limits, "ann"));
        Assert.Equal(("limit.provider", TimeSpan.FromMinutes(1)), (e.Code, e.RetryAfter));
    }

    [Fact]
    public async Task Names_that_callers_make_up_take_no_memory_beyond_a_thousand_and_are_limited_all_the_same()
    {
        var limits = Limits([new() { Provider = "narrow", Concurrent = 1 }], TimeSpan.FromSeconds(10));
        for (var i = 0; i < 1_000; i++)
            (await Provider(limits, "ann", new("local", $"made-up-{i}"))).Dispose();
        // Nothing was kept of its refusal.
        var refused = await Provider(limits, "ann");
        refused.Refused(TimeSpan.FromMinutes(1));
        refused.Dispose();
        (await Provider(limits, "ann")).Dispose();
        using var first = await Provider(limits, "ann", new("narrow", "one"));
        Assert.False(Provider(limits, "ann", new("narrow", "two")).IsCompleted);
    }

    public void Dispose() => _made.ForEach(l => l.Dispose());

    private CallLimits Limits(ImmutableArray<LimitRule> rules, TimeSpan? wait = null, int queue = 200)
    {
        var limits = new CallLimits(new() { Rules = rules, Wait = wait ?? TimeSpan.FromMinutes(5), QueueLength = queue }, _time,
            shared: false);
        _made.Add(limits);
        return limits;
    }

    private static CallOrigin By(string user) => new() { Caller = new() { Tenant = Tenants.Default, User = user } };

    private static Task<ICallLease> Enter(CallLimits limits, string user, CallUsage expected = default)
        => limits.EnterAsync(By(user), expected, default).AsTask();

    private static Task<ICallLease> Provider(CallLimits limits, string user, ModelName? model = null)
        => limits.EnterAsync(model ?? Model, By(user), Nothing, default).AsTask();
}
