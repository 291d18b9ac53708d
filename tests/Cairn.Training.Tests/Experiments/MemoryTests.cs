using Cairn.Work;

namespace Cairn.Training.Tests;

/// <summary>Several trainings at once take no more than there is: their estimates are summed.</summary>
public sealed class MemoryTests
{
    private const int Most = 1_000_000;

    [Fact]
    public void What_one_has_claimed_no_other_one_counts_on()
    {
        var memory = new TrainingMemory(new FixedMemory(100));
        var first = memory.TryClaim("ships", 70, out _)!;
        Assert.Null(memory.TryClaim("fees", 40, out _));
        Assert.Equal((30, 100), (memory.RoomFor(0).Now, memory.RoomFor(0).Alone));
        using (memory.TryClaim("berths", 30, out _))
            Assert.Equal(0, memory.RoomFor(0).Now);
        first.Dispose();
        Assert.NotNull(memory.TryClaim("fees", 40, out _));
    }

    [Fact]
    public void What_the_last_one_left_as_garbage_refuses_nobody()
    {
        var meter = new GarbageMeter(total: 100, garbage: 60);
        var memory = new TrainingMemory(meter);
        using (memory.TryClaim("fees", 40, out _))
            Assert.Equal(0, meter.Collections);
        Assert.NotNull(memory.TryClaim("ships", 70, out _));
        Assert.Equal(1, meter.Collections);
    }

    [Fact]
    public void What_the_machine_has_not_got_at_all_is_refused_without_a_collection()
    {
        var meter = new GarbageMeter(total: 100, garbage: 60);
        Assert.Null(new TrainingMemory(meter).TryClaim("ships", 101, out var room));
        Assert.Equal((40, 0), (room.Alone, meter.Collections));
    }

    [Fact]
    public void Garbage_at_the_start_of_another_one_makes_nobody_wait_in_vain()
    {
        var memory = new TrainingMemory(new GarbageMeter(total: 100, garbage: 60));
        using (memory.TryClaim("fees", 10, out _))
        {
            Assert.Null(memory.TryClaim("ships", 70, out var room));
            Assert.True(room.Alone >= 70, "It would be refused, though there is room for it when the other one has ended.");
            Assert.EndsWith("are left beside fees (0 KiB)", room.Waiting(70), StringComparison.Ordinal);
        }
        Assert.NotNull(memory.TryClaim("ships", 70, out _));
    }

    [Fact]
    public async Task A_training_that_does_not_fit_beside_another_goes_back_to_the_queue_and_says_why()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { MostMemory = Most });
        var other = shop.Get<TrainingMemory>().TryClaim("fees", Most - 1000, out _)!;
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
        Assert.Equal(Most, shop.Get<TrainingMemory>().RoomFor(0).Now);
    }

    [Fact]
    public async Task What_waits_for_memory_trains_by_itself_when_there_is_some()
    {
        await using var shop = await Workshop.OpenAsync(
            DatabaseEngine.Sqlite, new() { MostMemory = Most, MemoryEvery = TimeSpan.FromMilliseconds(1) });
        var other = shop.Get<TrainingMemory>().TryClaim("fees", Most - 1000, out _);
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
        using var other = shop.Get<TrainingMemory>().TryClaim("fees", 5_000, out _);
        var ended = await shop.TrainAsync(shop.Ships("forest"));
        Assert.Equal(ExperimentStatus.Failed, ended.Status);
        Assert.Contains("would take about", ended.Error, StringComparison.Ordinal);
    }
}
