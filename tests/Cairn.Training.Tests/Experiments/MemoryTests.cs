using Cairn.Work;

namespace Cairn.Training.Tests;

/// <summary>Several trainings at once take no more than there is: their estimates are summed.</summary>
public sealed class MemoryTests
{
    private const int Most = 1_000_000;

    [Fact]
    public void What_one_has_claimed_no_other_one_counts_on()
    {
        var memory = new TrainingMemory(new() { MostMemory = 100 });
        var first = memory.TryClaim("ships", 70)!;
        Assert.Null(memory.TryClaim("fees", 40));
        Assert.Equal((30, 100), (memory.Room, memory.Whole));
        using (memory.TryClaim("berths", 30))
            Assert.Equal(0, memory.Room);
        first.Dispose();
        Assert.NotNull(memory.TryClaim("fees", 40));
    }

    [Fact]
    public async Task A_training_that_does_not_fit_beside_another_goes_back_to_the_queue_and_says_why()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { MostMemory = Most });
        var other = shop.Get<TrainingMemory>().TryClaim("fees", Most - 1000)!;
        var id = await shop.RecordAsync(shop.Ships("tree", 100));
        var first = new Attempt(id, checkpoint: null);
        await Assert.ThrowsAsync<JobPostponedException>(() => shop.Trainer.RunAsync(first, default));
        Assert.Matches("^waits for memory: it would take about [0-9]+ KiB, 1 KiB are left beside fees \\(976 KiB\\)$", first.Steps[^1]);

        // It has read its data and learned nothing.
        var stopped = await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.StopAsync(Workshop.Builder, id, default));
        Assert.Equal("experiment.not-begun", stopped.Code);

        // What it will take is known now: it waits without reading the data again.
        var second = new Attempt(id, first.Checkpoint);
        await Assert.ThrowsAsync<JobPostponedException>(() => shop.Trainer.RunAsync(second, default));
        Assert.Equal([first.Steps[^1]], second.Steps);

        other.Dispose();
        await shop.Trainer.RunAsync(new Attempt(id, first.Checkpoint), default);
        Assert.NotNull((await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome);
        Assert.Equal(Most, shop.Get<TrainingMemory>().Room);
    }

    [Fact]
    public async Task What_waits_for_memory_trains_by_itself_when_there_is_some()
    {
        await using var shop = await Workshop.OpenAsync(
            DatabaseEngine.Sqlite, new() { MostMemory = Most, MemoryEvery = TimeSpan.FromMilliseconds(1) });
        var other = shop.Get<TrainingMemory>().TryClaim("fees", Most - 1000);
        var last = await shop.Experiments.StartAsync(Workshop.Builder, shop.Ships("tree", 100), default);
        await foreach (var state in shop.Experiments.FollowAsync(Workshop.Builder, last.Id, default))
        {
            last = state;
            if (other is null || state.Progress?.Step.StartsWith("waits for memory", StringComparison.Ordinal) != true)
                continue;
            Assert.Null(state.Error);
            other.Dispose();
            other = null;
        }
        Assert.Null(other);
        Assert.Equal((ExperimentStatus.Done, 1), (last.Status, last.Outcome!.Version));
    }

    [Fact]
    public async Task What_would_not_fit_even_alone_is_refused_also_while_another_runs()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { MostMemory = 20_000 });
        using var other = shop.Get<TrainingMemory>().TryClaim("fees", 5_000);
        var ended = await shop.TrainAsync(shop.Ships("forest"));
        Assert.Equal(ExperimentStatus.Failed, ended.Status);
        Assert.Contains("would take about", ended.Error, StringComparison.Ordinal);
    }
}
