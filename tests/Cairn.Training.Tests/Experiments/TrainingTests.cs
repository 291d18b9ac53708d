using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Cairn.Training.Tests;

public sealed class TrainingTests
{
    [Theory, Engines]
    public async Task A_training_records_what_it_learned_from_and_what_came_of_it(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var recipe = shop.Ships("boosting", 400, ("rounds", "12"), ("patience", "12"));

        var ended = await shop.TrainAsync(recipe);

        Assert.Equal((ExperimentStatus.Done, null), (ended.Status, ended.Error));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(recipe.Data.File))), ended.DataHash);
        Assert.Equal((recipe.Seed, recipe.Estimator.ToString()), (ended.Recipe.Seed, ended.Recipe.Estimator.ToString()));
        Assert.StartsWith("0.", ended.CodeVersion, StringComparison.Ordinal);
        var outcome = ended.Outcome!;
        Assert.Equal((320, 80, 1), (outcome.TrainRows, outcome.TestRows, outcome.Version));
        Assert.Equal(["accuracy", "f1", "auc", "logLoss", "brier"], outcome.Metrics.Select(m => m.Name));
        Assert.All(outcome.Metrics, m => Assert.True(m.Lower <= m.Value && m.Value <= m.Upper, m.ToString()));
        Assert.True(outcome.Metrics[2].Value > 0.8, $"area {outcome.Metrics[2].Value}");
        Assert.Equal(["tonnage", "flag", "age", "wind", "remark"], outcome.Features.Select(f => f.Name));
        var curves = await shop.Experiments.CurvesAsync(Workshop.Builder, ended.Id, default);
        Assert.Equal(12, curves.Count(p => p.Series == "training"));
        Assert.Equal(12, curves.Count(p => p.Series == "validation"));
        Assert.StartsWith("<svg", ExperimentPictures.Curves(curves), StringComparison.Ordinal);
        foreach (var artefact in outcome.Artefacts)
        {
            await using var file = await shop.Experiments.OpenArtefactAsync(Workshop.Builder, ended.Id, artefact.Name, default);
            Assert.True(file.ReadByte() >= 0);
        }

        // Everything it put is known to be used, so upkeep leaves it.
        var put = await shop.Blobs.OlderAsync(DateTimeOffset.UtcNow.AddDays(1), "", 100, default);
        Assert.True(put.Count > outcome.Artefacts.Length);
        Assert.Equal(put, (await shop.Get<IDatabase>().ReadAsync(s => new TrainingBlobs().AmongAsync(s, put), default))
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_recipe_makes_the_same_model_to_the_last_bit()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = shop.Ships("forest", 200, ("trees", "5"));
        var (first, second) = (await shop.TrainAsync(recipe), await shop.TrainAsync(recipe));
        Assert.Equal(first.Outcome!.Artefacts[0].Blob, second.Outcome!.Artefacts[0].Blob);
        Assert.Equal([1, 2], [first.Outcome.Version, second.Outcome.Version]);
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("bayes")]
    [InlineData("neighbours")]
    [InlineData("tree")]
    [InlineData("forest")]
    [InlineData("network")]
    public async Task Every_classifier_learns_and_predicts(string kind)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var ended = await shop.TrainAsync(shop.Ships(kind) with { Metrics = ["accuracy"] });
        Assert.Null(ended.Error);
        Assert.True(ended.Outcome!.Metrics[0].Value > 0.6, ended.Outcome.Metrics[0].ToString());
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("ridge")]
    [InlineData("lasso")]
    [InlineData("neighbours")]
    [InlineData("tree")]
    [InlineData("forest")]
    [InlineData("boosting")]
    [InlineData("network")]
    public async Task Every_regressor_learns_and_predicts(string kind)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var file = shop.File("fees.csv",
            "tonnage,berths,fee\n"
                + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i * 7 % 101},{i % 5},{(i * 7 % 101 * 2) + (i % 5 * 10)}\n")));
        var ended = await shop.TrainAsync(new()
        {
            Name = "fees",
            Data = new() { File = file },
            Target = "fee",
            Estimator = new() { Kind = kind },
        });
        Assert.Null(ended.Error);
        Assert.Equal(["r2", "mae", "rmse"], ended.Outcome!.Metrics.Select(m => m.Name));
        Assert.True(ended.Outcome.Metrics[0].Value > 0.9, ended.Outcome.Metrics[0].ToString());
    }

    [Fact]
    public async Task A_search_judges_every_combination_and_learns_the_best()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = shop.Ships("tree") with
        {
            Search = new()
            {
                Folds = 3,
                Grid = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("maxDepth", ["1", "4"])
                    .Add("minRowsPerLeaf", ["1", "100"]),
            },
            Metrics = ["logLoss"],
        };
        var outcome = (await shop.TrainAsync(recipe)).Outcome!;
        Assert.Equal(4, outcome.Candidates.Length);
        Assert.All(outcome.Candidates, c => Assert.Equal(3, c.Scores.Length));
        Assert.Equal(outcome.Candidates.MinBy(c => c.Mean)!.Options, outcome.Estimator.Options);
    }

    [Theory]
    [InlineData(SplitKind.Group, "flag")]
    [InlineData(SplitKind.Time, "tonnage")]
    public async Task Rows_are_parted_by_groups_and_by_time(SplitKind by, string column)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var ended = await shop.TrainAsync(shop.Ships("tree") with { Split = new() { By = by, Column = column, Test = 0.25 } });
        Assert.Null(ended.Error);
        Assert.DoesNotContain(ended.Outcome!.Features, f => f.Name == column);
    }

    [Fact]
    public async Task Whoever_may_not_train_starts_and_sees_nothing()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var member = Workshop.Builder with { Roles = [] };
        var recipe = shop.Ships();
        Assert.Equal(ErrorKind.NotPermitted,
            (await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.StartAsync(member, recipe, default))).Kind);
        Assert.Equal(ErrorKind.NotPermitted,
            (await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.ListAsync(member, null, 5, default))).Kind);
        Assert.Equal(ErrorKind.NotPermitted,
            (await Assert.ThrowsAsync<CairnException>(() => shop.Registry.ListAsync(member, default))).Kind);
    }
}
