namespace Cairn.Training.Tests;

public sealed class ImportanceTests
{
    [Fact]
    public async Task The_column_that_decides_is_worth_most_and_one_of_chance_nothing()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var ended = await shop.TrainAsync(Measured(shop) with { Importance = new() { Repeats = 4 }, Metrics = ["accuracy"] });

        var importance = ended.Outcome!.Importance!;
        Assert.Equal(("accuracy", ended.Outcome.Metrics[0].Value, 4), (importance.Metric, importance.Value, importance.Repeats));
        Assert.Equal(["berth", "wind", "noise"], importance.Columns.Select(c => c.Name));
        Assert.True(importance.Columns[0].Mean > 0.2, importance.Columns[0].ToString());
        Assert.Equal(0, importance.Columns.Single(c => c.Name == "noise").Mean);
        await using var picture = await shop.Experiments.OpenArtefactAsync(Workshop.Builder, ended.Id, "importance.svg", default);
        using var reader = new StreamReader(picture);
        Assert.Contains("berth", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_that_falls_when_it_gets_better_counts_as_worse_when_it_rises()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var ended = await shop.TrainAsync(Measured(shop) with { Importance = new() { Metric = "logLoss" } });
        Assert.Equal("logLoss", ended.Outcome!.Importance!.Metric);
        Assert.True(ended.Outcome.Importance.Columns[0] is { Name: "berth", Mean: > 0 }, ended.Outcome.Importance.Columns[0].ToString());
    }

    [Fact]
    public async Task A_recipe_that_does_not_ask_gets_none()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        Assert.Null((await shop.TrainAsync(Measured(shop))).Outcome!.Importance);
    }

    /// <summary>What is late is decided by the berth, and by the wind where the berth is c; the noise says nothing.</summary>
    private static Recipe Measured(Workshop shop)
    {
        var csv = "berth,wind,noise,late\n" + string.Concat(Enumerable.Range(0, 300).Select(i =>
            $"{"abc"[i % 3]},{i * 7 % 30},1,{(i % 3 == 0 || (i % 3 == 2 && i * 7 % 30 > 14) ? "yes" : "no")}\n"));
        return new()
        {
            Name = "berths",
            Data = new() { File = shop.File("berths.csv", csv) },
            Target = "late",
            Estimator = new() { Kind = "tree" },
            Seed = 4,
        };
    }
}
