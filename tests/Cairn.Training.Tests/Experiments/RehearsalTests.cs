using System.Collections.Immutable;

namespace Cairn.Training.Tests;

/// <summary>What a training would refuse, a look beforehand refuses in the same words.</summary>
public sealed class RehearsalTests
{
    private const string Five = "size,day,y\n8,1,yes\n7,2,no\n6,3,yes\n5,4,no\n4,5,yes\n";
    private const string OneOff = "size,day,y\n8,1,yes\n7,2,no\n6,3,no\n5,4,no\n4,5,no\n3,6,no\n2,7,no\n";
    private const string Texts = "remark,y\na,yes\nb,no\nc,yes\na,no\nb,no\nc,yes\n";
    private const string Ports = "port,day,y\nA,1,yes\nB,2,no\nA,3,yes\nB,4,no\nA,5,yes\n";
    private const string New = "port,day,y\nA,1,yes\nB,2,no\nA,3,yes\nB,4,no\nA,5,yes\nC,6,yes\n";

    [Theory]
    [InlineData("neighbours", Five, "", "5 neighbours are asked for among 4 rows")]
    [InlineData("counts-bayes", "size,y\n-1,yes\n-2,no\n-3,yes\n-4,no\n-5,yes\n-6,no\n", "", "counts are 0 or more")]
    [InlineData("tree", OneOff, "search", "fewer than 5 folds")]
    [InlineData("tree", Five, "search, time", "cannot be parted 6 times")]
    [InlineData("tree", OneOff, "auc, time", "it needs both classes")]
    [InlineData("tree", OneOff, "worth", "The metric 'r2' is of numbers")]
    [InlineData("tree", Texts, "text", "have no n-gram")]
    [InlineData("logistic", Ports, "group", "it needs at least two classes")]
    [InlineData("tree", New, "time, known", "'C'")]
    public async Task A_look_beforehand_refuses_what_the_training_refuses(string kind, string csv, string ways, string said)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = Of(shop, kind, csv, ways);
        var trained = await shop.TrainAsync(recipe);
        var planned = await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.PlanAsync(Workshop.Builder, recipe, default));
        Assert.Contains(said, planned.Message, StringComparison.Ordinal);
        Assert.Equal($"{planned.Message} {planned.Fix}", trained.Error);
    }

    [Fact]
    public async Task A_look_at_more_than_is_prepared_beforehand_says_so()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { MostMemory = 100 });
        Assert.Contains(
            "So many columns are not prepared beforehand; the training may still refuse what they become.",
            (await shop.Experiments.PlanAsync(Workshop.Builder, shop.Ships("tree"), default)).Notes);
    }

    private static Recipe Of(Workshop shop, string kind, string csv, string ways)
    {
        var grid = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("maxDepth", ["1", "2"]);
        return new()
        {
            Name = "few",
            Data = new() { File = shop.File("few.csv", csv) },
            Target = "y",
            Estimator = new() { Kind = kind },
            Features = ways == "text" ? [new("remark", FeatureKind.Text)] : [],
            Search = ways.Contains("search", StringComparison.Ordinal) ? new() { Grid = grid } : null,
            Metrics = ways.Contains("auc", StringComparison.Ordinal) ? ["auc"] : [],
            Importance = ways == "worth" ? new() { Metric = "r2" } : null,
            Unseen = ways.Contains("known", StringComparison.Ordinal) ? UnseenCategories.Refuse : UnseenCategories.Ignore,
            Split = ways.Contains("time", StringComparison.Ordinal) ? new() { By = SplitKind.Time, Column = "day" }
                : ways == "group" ? new() { By = SplitKind.Group, Column = "port" }
                : new(),
        };
    }
}
