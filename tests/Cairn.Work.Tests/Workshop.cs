using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Work.Tests;

/// <summary>
/// Jobs and workers over a fresh database. Workers share nothing but the database, as processes do, unless they share a board.
/// </summary>
internal sealed class Workshop : IAsyncDisposable
{
    public const string Kind = "test";

    private readonly TestDatabase _test;

    private Workshop(TestDatabase test)
    {
        _test = test;
        Store = new(test.Database, test.Time);
        Jobs = new(Store, Board, test.Feed, test.Identifiers, test.Time);
    }

    public JobStore Store { get; }

    public JobBoard Board { get; } = new();

    public Jobs Jobs { get; }

    public ManualTime Time => _test.Time;

    public IDatabase Database => _test.Database;

    public WorkOptions Options { get; set; } = new();

    public static async Task<Workshop> OpenAsync(DatabaseEngine engine, params IMigrations[] others)
        => new(await TestDatabase.OpenAsync(engine, [new WorkMigrations(), .. others]));

    /// <summary>A worker as in this process; with a board of its own it is a stranger to <see cref="Jobs"/>.</summary>
    public JobWorker Worker(Func<JobContext, CancellationToken, Task<string>> run, JobBoard? board = null)
        => new(Database, Store, board ?? Board, [new Handler(run)], Options, _test.Identifiers, Time, NullLogger<JobWorker>.Instance);

    public Task<Job> EnqueueAsync(string input = "{}", string? key = null, int maxAttempts = 3)
        => Jobs.EnqueueAsync(new() { Tenant = Tenants.Default, Kind = Kind, Input = input, Key = key, MaxAttempts = maxAttempts }, default);

    public async Task<Job> FindAsync(Job job) => (await Jobs.FindAsync(job.Tenant, job.Id, default))!;

    /// <summary>What a worker does right before it is killed: it takes the lease and is never heard of again.</summary>
    public Task<JobRow?> LeaseAndDieAsync() => Store.LeaseAsync([Kind], "dead", Options.Lease, Options.MostLostLeases, default);

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    private sealed class Handler(Func<JobContext, CancellationToken, Task<string>> run) : IJobHandler
    {
        public string Kind => Workshop.Kind;

        public Task<string> RunAsync(JobContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
    }
}
