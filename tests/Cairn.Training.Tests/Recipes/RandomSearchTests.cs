using System.Collections.Immutable;
using System.Globalization;

namespace Cairn.Training.Tests;

public sealed class RandomSearchTests
{
    private static readonly ImmutableSortedDictionary<string, OptionDraw> Options = ImmutableSortedDictionary<string, OptionDraw>.Empty
        .Add("learningRate", new() { From = 0.001, To = 0.1, Log = true })
        .Add("maxLeaves", new() { From = 4, To = 7, Whole = true })
        .Add("patience", new() { Values = ["3", "9"] });

    [Fact]
    public void Draws_lie_in_their_ranges_and_none_comes_twice()
    {
        var drawn = new RecipeSearch { Random = Options, Trials = 200, Seed = 3 }.Candidates();
        Assert.Equal(200, drawn.Select(d => string.Join(' ', d.Values)).Distinct().Count());
        var rates = drawn.Select(d => double.Parse(d["learningRate"], CultureInfo.InvariantCulture)).ToList();
        Assert.All(rates, r => Assert.InRange(r, 0.001, 0.1));
        // Half of the draws are below the middle of the factors.
        Assert.InRange(rates.Count(r => r < 0.01), 75, 125);
        Assert.Equal(["4", "5", "6", "7"], drawn.Select(d => d["maxLeaves"]).Distinct().Order());
        Assert.Equal(["3", "9"], drawn.Select(d => d["patience"]).Distinct().Order());
    }

    [Fact]
    public void A_seed_draws_the_same_again_and_another_one_others()
    {
        var first = new RecipeSearch { Random = Options, Trials = 5, Seed = 3 };
        Assert.Equal(first.Candidates(), first.Candidates());
        Assert.NotEqual(first.Candidates()[0]["learningRate"], (first with { Seed = 4 }).Candidates()[0]["learningRate"]);
    }

    [Fact]
    public void Where_there_are_fewer_combinations_than_trials_each_comes_once()
    {
        var few = ImmutableSortedDictionary<string, OptionDraw>.Empty.Add("maxDepth", new() { From = 1, To = 3, Whole = true, Log = true });
        Assert.Equal(["1", "2", "3"], new RecipeSearch { Random = few, Trials = 20 }.Candidates().Select(c => c["maxDepth"]).Order());
    }

    [Fact]
    public async Task The_best_of_the_draws_is_learned()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var random = ImmutableSortedDictionary<string, OptionDraw>.Empty
            .Add("maxDepth", new() { From = 1, To = 8, Whole = true }).Add("minRowsPerLeaf", new() { Values = ["1", "40"] });
        var recipe = shop.Ships("tree") with { Search = new() { Random = random, Trials = 6, Seed = 2, Folds = 2 }, Metrics = ["logLoss"] };
        var ended = await shop.TrainAsync(recipe);
        Assert.Equal(6, ended.Outcome!.Candidates.Length);
        Assert.Equal(ended.Outcome.Candidates.MinBy(c => c.Mean)!.Options, ended.Outcome.Estimator.Options);
        // It is read back as it was written.
        Assert.Equal(recipe.Search.Candidates(), ended.Recipe.Search!.Candidates());
    }
}
