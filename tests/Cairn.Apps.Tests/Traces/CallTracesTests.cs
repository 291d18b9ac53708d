using System.Diagnostics;
using Cairn.Models;
using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Apps.Tests;

public sealed class CallTracesTests
{
    [Theory, Engines]
    public async Task A_call_s_attempts_are_spans_below_it_and_are_forgotten_after_a_week(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new AppsMigrations());
        var log = new AnswerLog(test.Database, null!);
        using var traces = new CallTraces(log, test.Time, NullLogger<CallTraces>.Instance);
        var call = Call(test.Time.GetUtcNow());

        traces.Add(call);
        await traces.StopAsync(CancellationToken.None);

        var kept = await log.FindTraceAsync("t", call.Trace.ToHexString(), CancellationToken.None);
        Assert.Equal(["call"], kept!.Spans.Select(s => s.Name));
        Assert.Equal(("default", "key1", "ann"),
            (kept.Spans[0].Attributes["gen_ai.request.model"], kept.Spans[0].Attributes["cairn.key.id"], kept.User));
        var old = new OldTraces(log, KeepDeclaration.Usual, test.Time);
        test.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(0, await old.RunAsync(CancellationToken.None));
        Assert.NotNull(await log.FindTraceAsync("t", call.Trace.ToHexString(), CancellationToken.None));
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await old.RunAsync(CancellationToken.None));
        Assert.Null(await log.FindTraceAsync("t", call.Trace.ToHexString(), CancellationToken.None));
    }

    [Fact]
    public async Task Many_old_ones_go_portion_by_portion_and_young_ones_stay()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new AppsMigrations());
        var log = new AnswerLog(test.Database, null!);
        Trace At(int i, DateTimeOffset started)
            => new($"{i:x32}", CallTrace.App, "ann", started, [new Span { Id = $"{i:x16}", Name = "call", Start = 0, Milliseconds = 1 }]);
        var now = test.Time.GetUtcNow();
        await log.SaveCallsAsync([.. Enumerable.Range(0, 1_203).Select(i => ("t", At(i, i < 1_201 ? now - TimeSpan.FromDays(8) : now)))],
            CancellationToken.None);

        Assert.Equal(1_201, await new OldTraces(log, KeepDeclaration.Usual, test.Time).RunAsync(CancellationToken.None));

        Assert.Equal(2, (await log.ListTracesAsync("t", all: true, null, 2_000, CancellationToken.None)).Count);
        Assert.Equal(2, await test.Database.ReadAsync(s => s.GetAsync<long>("SELECT COUNT(*) FROM spans"), CancellationToken.None));
    }

    [Fact]
    public async Task No_more_than_a_hundred_a_second_are_kept_and_failures_beside_them()
    {
        await using var test = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new AppsMigrations());
        var log = new AnswerLog(test.Database, null!);
        using var traces = new CallTraces(log, test.Time, NullLogger<CallTraces>.Instance);
        for (var i = 0; i < 150; i++)
            traces.Add(Call(test.Time.GetUtcNow()));
        traces.Add(Call(test.Time.GetUtcNow(), "provider.failed"));

        await traces.StopAsync(CancellationToken.None);

        var kept = await log.ListTracesAsync("t", all: true, null, 200, CancellationToken.None);
        Assert.Equal((101, 1), (kept.Count, kept.Count(t => t.Spans[0].Error == "provider.failed")));
    }

    private static CallRecord Call(DateTimeOffset started, string? error = null) => new()
    {
        Trace = ActivityTraceId.CreateRandom(),
        Origin = new() { Caller = new() { Tenant = "t", User = "ann" }, Key = "key1" },
        Operation = "chat",
        Protocol = WireProtocol.OpenAiChat,
        Started = started,
        Model = "default",
        Error = error,
    };
}
