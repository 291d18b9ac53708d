using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Testing;
using Cairn.Work;

namespace Cairn.Models.Tests;

public sealed class BatchJobTests
{
    [Theory]
    [Engines]
    public async Task After_a_crash_only_what_is_not_recorded_is_asked_again(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.OpenAsync(engine, new BatchMigrations());
        var gateway = new FakeGateway();
        var job = JobOver(database, gateway);
        var batch = await HandInAsync(database, 20);
        // The process dies when five answers are recorded: the lease is gone, and so is every later write.
        await Assert.ThrowsAnyAsync<Exception>(() => job.RunAsync(new Context(batch) { WritesLeft = 5 }, default));
        var store = new BatchStore(database.Database);
        var recorded = await store.RecordedAsync("t", batch, default);
        Assert.Equal(5, recorded.Count);
        gateway.Asked.Clear();
        await JobOver(database, gateway).RunAsync(new Context(batch), default);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n).Except(recorded).Order(), gateway.Asked.Select(long.Parse).Order());
        Assert.Equal((20, 0), await store.CountAsync("t", batch, default));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"\"custom_id\":\"{n}\""),
            (await store.ResultsAsync("t", batch, failed: false, default).ToListAsync())
                .Select(r => r[r.IndexOf("\"custom_id\"", StringComparison.Ordinal)..r.IndexOf(",\"response\"",
                    StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task What_passes_by_itself_is_waited_out_and_what_does_not_is_an_error_line()
    {
        await using var database = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new BatchMigrations());
        var time = new ManualTime();
        var gateway = new FakeGateway();
        gateway.Failures.Enqueue(
            new ProviderFailureException("provider.overloaded", "p/m", "is overloaded", "Wait.") { RetryAfter = TimeSpan.FromSeconds(7) });
        gateway.Failures.Enqueue(new ProviderFailureException("provider.refused", "p/m", "calls the request wrong", "Mend it."));
        var batch = await HandInAsync(database, 1);
        var running = JobOver(database, gateway, time).RunAsync(new Context(batch), default);
        await time.UntilTimersAsync();
        time.Advance(TimeSpan.FromSeconds(7));
        await running;
        Assert.Equal(2, gateway.Asked.Count);
        var line = Assert.Single(await new BatchStore(database.Database).ResultsAsync("t", batch, failed: true, default).ToListAsync());
        Assert.Contains("\"status_code\":400", line);
    }

    [Fact]
    public async Task An_answer_is_one_line_however_the_provider_writes_it()
    {
        await using var database = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new BatchMigrations());
        var batch = await HandInAsync(database, 1);
        await JobOver(
            database, new FakeGateway { Body = "{\n  \"text\": \"Gr\u00fc\u00dfe <b>\",\r\n  \"cost\": 1.50,\n  \"none\": null\n}\n" })
            .RunAsync(new Context(batch), default);
        var line = Assert.Single(await new BatchStore(database.Database).ResultsAsync("t", batch, failed: false, default).ToListAsync());
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        var body = JsonElement.Parse(line).GetProperty("response").GetProperty("body");
        Assert.Equal(("Gr\u00fc\u00dfe <b>", "1.50"), (body.GetProperty("text").GetString(), body.GetProperty("cost").GetRawText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"ok\":true} {\"ok\":true}")]
    public async Task An_answer_that_is_no_JSON_is_the_error_of_its_line_and_not_of_the_job(string body)
    {
        await using var database = await TestDatabase.OpenAsync(DatabaseEngine.Sqlite, new BatchMigrations());
        var batch = await HandInAsync(database, 2);
        await JobOver(database, new FakeGateway { Body = body }).RunAsync(new Context(batch), default);
        var lines = await new BatchStore(database.Database).ResultsAsync("t", batch, failed: true, default).ToListAsync();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, l => Assert.Equal("provider.malformed",
            JsonElement.Parse(l).GetProperty("response").GetProperty("body").GetProperty("error").GetProperty("code").GetString()));
    }

    private static BatchJob JobOver(TestDatabase database, FakeGateway gateway, TimeProvider? time = null)
        => new(new BatchStore(database.Database), database.Database, database.Blobs, new EverybodyMay(), gateway,
            new WireFormats(database.Identifiers, TimeProvider.System), time ?? TimeProvider.System);

    private static async Task<string> HandInAsync(TestDatabase database, int calls)
    {
        var lines = string.Join('\n',
            Enumerable.Range(1, calls)
                .Select(n => $$"""{"custom_id":"{{n}}","method":"POST","url":"/v1/chat/completions","body":{"model":"{{n}}"} }"""));
        var blob = await database.Blobs.PutAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), default);
        var store = new BatchStore(database.Database);
        await store.AddAsync(new BatchFile("t", "file-1", "ann", "calls.jsonl", lines.Length, blob, DateTimeOffset.UnixEpoch), default);
        await store.AddAsync(new ModelBatch
        {
            Tenant = "t",
            Id = "batch_1",
            User = "ann",
            File = "file-1",
            Endpoint = "/v1/chat/completions",
            Total = calls,
            Created = DateTimeOffset.UnixEpoch,
        }, default);
        return "batch_1";
    }

    private sealed class Context(string batch) : JobContext
    {
        private readonly TaskCompletionSource _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _writes;

        public int WritesLeft { get; init; } = int.MaxValue;

        public override Job Job { get; } = new()
        {
            Id = "1",
            Tenant = "t",
            Kind = BatchJob.JobKind,
            Status = JobStatus.Running,
            Input = batch,
            Created = DateTimeOffset.UnixEpoch,
        };

        public override long FencingToken => 1;

        public override string? Checkpoint => null;

        public override void Report(JobProgress progress)
        {
            Assert.InRange(progress.Done, 0, progress.Total!.Value);
            if (progress.Done == WritesLeft)
                _recorded.TrySetResult();
        }

        public override Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;

        public override async Task RequireLeaseAsync(WriteSession session)
        {
            if (Interlocked.Increment(ref _writes) <= WritesLeft)
                return;
            // Dying ends the writes beside this one, so it waits until those that count are on disk.
            await _recorded.Task;
            throw new InvalidOperationException("the process is dead");
        }
    }

    private sealed class FakeGateway : IGateway
    {
        public ConcurrentQueue<string> Asked { get; } = [];

        public string Body { get; init; } = "{\"ok\":true}";

        public ConcurrentQueue<CairnException> Failures { get; } = [];

        public async Task<CallRecord> SendAsync(GatewayRequest request, IReplySink sink, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Asked.Enqueue(RequestHead.Read(request.Body.Span).Model);
            if (Failures.TryDequeue(out var failure))
                throw failure;
            var record = new CallRecord
            {
                Trace = request.Trace,
                Origin = request.Origin,
                Operation = "chat",
                Protocol = request.Protocol,
                Started = DateTimeOffset.UnixEpoch,
            };
            sink.Begin(new ReplyHead(ReplyHead.Json, null, null, record));
            await sink.Body.WriteAsync(Encoding.UTF8.GetBytes(Body), cancellationToken);
            return record;
        }
    }

    private sealed class EverybodyMay : IAccess
    {
        public Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
            => Task.FromResult<Principal?>(new() { Tenant = tenant, User = user });

        public bool MayRead(Principal caller, AccessSet access) => true;

        public bool May(Principal caller, Right right) => true;
    }
}
