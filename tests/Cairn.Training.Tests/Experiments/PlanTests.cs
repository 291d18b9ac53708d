using System.Collections.Immutable;

namespace Cairn.Training.Tests;

/// <summary>What a recipe would take is known before it is trained.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task A_plan_says_rows_columns_fits_and_memory_and_records_nothing()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { MostMemory = 5_000_000 });
        using var other = shop.Get<TrainingMemory>().TryClaim("fees", 2_000_000, out _);
        var grid = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("maxDepth", ["1", "2"]);
        var recipe = shop.Ships("tree", 200) with { Search = new() { Folds = 3, Grid = grid } };

        var plan = await shop.Experiments.PlanAsync(Workshop.Builder, recipe, default);

        Assert.Equal(("ships", TaskKind.Classify, 200, 7), (plan.Model, plan.Task, plan.Rows, plan.Fits));
        Assert.Equal(["no", "yes"], plan.Classes);
        Assert.Equal(5, plan.Features.Length);
        Assert.Equal((3_000_000, 5_000_000), (plan.MemoryLeft, plan.MemoryWhole));
        Assert.Empty(await shop.Experiments.ListAsync(Workshop.Builder, null, 5, default));
    }

    [Fact]
    public async Task The_estimate_of_texts_counts_a_word_once()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var csv = "remark,y\n"
            + string.Concat(Enumerable.Range(0, 3000).Select(i => $"berth {i % 50} calm sea,{(i % 2 == 0 ? "yes" : "no")}\n"));
        var recipe = new Recipe
        {
            Name = "remarks",
            Data = new() { File = shop.File("remarks.csv", csv) },
            Target = "y",
            Features = [new("remark", FeatureKind.Text)],
            Estimator = new() { Kind = "tree" },
        };
        // 53 words in 3,000 rows of 8 bytes, four times, and what the counts take.
        Assert.InRange((await shop.Experiments.PlanAsync(Workshop.Builder, recipe, default)).Memory, 4 * 53 * 3000 * 8, 8 * 53 * 3000 * 8);
    }

    [Fact]
    public async Task Whoever_may_not_train_plans_nothing()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var member = Workshop.Builder with { Roles = [] };
        Assert.Equal(
            ErrorKind.NotPermitted,
            (await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.PlanAsync(member, shop.Ships(), default))).Kind);
    }
}
