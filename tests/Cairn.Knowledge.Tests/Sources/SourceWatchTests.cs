using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Knowledge.Tests;

public sealed class SourceWatchTests
{
    [Fact]
    public async Task A_change_below_a_watched_folder_is_ingested_when_the_folder_is_at_rest()
    {
        await using var folder = await WatchedAsync();
        var options = folder.Options with { WatchRescan = Timeout.InfiniteTimeSpan };
        var jobs = new RunningJobs(folder);
        using var watch = new SourceWatch(folder.Database, jobs, options, folder.Time, NullLogger<SourceWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        Assert.Equal(1, (await jobs.NextAsync()).Documents.Added);
        folder.Write("b.txt", "two");
        // The event comes when the system sends it; after that only the manual time decides when the folder is at rest.
        await folder.Time.UntilTimersAsync();
        Assert.False(jobs.HasNext);
        Assert.Equal(new IngestCounts(1, 0, 1, 0, 0), (await AtRestAsync(folder, jobs)).Documents);
        File.Delete(folder.At("a.txt"));
        await folder.Time.UntilTimersAsync();
        Assert.Equal(new IngestCounts(0, 0, 1, 1, 0), (await AtRestAsync(folder, jobs)).Documents);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_watched_folder_is_looked_through_now_and_then_without_any_event()
    {
        await using var folder = await WatchedAsync();
        var jobs = new RunningJobs(folder);
        using var watch = new SourceWatch(folder.Database, jobs, folder.Options, folder.Time, NullLogger<SourceWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        await jobs.NextAsync();
        for (var i = 0; i < 2; i++)
        {
            await folder.Time.UntilTimersAsync();
            folder.Time.Advance(folder.Options.WatchRescan);
            Assert.Equal(new IngestCounts(0, 0, 1, 0, 0), (await jobs.NextAsync()).Documents);
        }
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_full_disk_does_not_end_the_watch()
    {
        await using var folder = await WatchedAsync();
        var jobs = new RunningJobs(folder) { EnqueueFails = new CairnException(ErrorKind.Environment, "disk.full", "The disk is full.",
            "Free some space.") };
        using var watch = new SourceWatch(folder.Database, jobs, folder.Options, folder.Time, NullLogger<SourceWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        await folder.Time.UntilTimersAsync();
        folder.Time.Advance(folder.Options.WatchRescan);
        Assert.Equal(1, (await jobs.NextAsync()).Documents.Added);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_declared_source_that_is_not_watched_is_ingested_once_at_start()
    {
        await using var folder = await WatchedAsync(watch: false);
        var jobs = new RunningJobs(folder);
        using var watch = new SourceWatch(folder.Database, jobs, folder.Options, folder.Time, NullLogger<SourceWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        Assert.Equal(1, (await jobs.NextAsync()).Documents.Added);
        await watch.ExecuteTask!;
        Assert.False(jobs.HasNext);
    }

    /// <summary>Lets pauses pass until the job has run: one change may raise several events, each of which starts the pause anew.</summary>
    private static async Task<IngestReport> AtRestAsync(IngestedFolder folder, RunningJobs jobs)
    {
        var next = jobs.NextAsync().AsTask();
        while (!next.IsCompleted)
        {
            folder.Time.Advance(folder.Options.WatchPause);
            await Task.Yield();
        }
        return await next;
    }

    private static async Task<IngestedFolder> WatchedAsync(bool watch = true)
    {
        var folder = await IngestedFolder.OpenAsync(DatabaseEngine.Sqlite);
        folder.Write("a.txt", "one");
        await folder.DeclareAsync(new SourceDeclaration { Name = "docs", Root = folder.Folder, Declared = true, Watch = watch });
        return folder;
    }
}
