namespace Cairn.Training.Tests;

/// <summary>What is wrong with data is said by column and row, at once, and not tried again.</summary>
public sealed class BadDataTests
{
    [Theory]
    [InlineData("a,b,y\n1,2,yes\n2,3,yes\n3,4,yes\n4,5,yes\n5,6,yes\n", "Every row of the target 'y' is 'yes'")]
    [InlineData("a,b,y\n1,2,yes\n2,3,no\n", "has 2 rows; at least 5")]
    [InlineData("a,a,y\n1,2,yes\n2,3,no\n", "line 1 names the column 'a' twice")]
    [InlineData("a,b,y\n1,2,yes\n2,3\n", "line 3 has 2 fields where the first has 3")]
    [InlineData("a,b,y\n1,2,yes\n2,3,\n3,3,no\n3,3,no\n3,3,no\n3,3,no\n", "The target 'y' has no value in row 1")]
    [InlineData("a,b,z\n1,2,yes\n2,3,no\n3,3,no\n3,3,no\n3,3,no\n3,3,no\n", "did you mean")]
    [InlineData("a,b,y\n1,,yes\n2,,no\n3,,no\n3,,yes\n3,,no\n3,,no\n", "The feature 'b' has no value in any row")]
    [InlineData("a,b,y\n1,2,u\n2,3,v\n3,3,w\n3,3,x\n3,3,y\n3,3,z\n", "has 6 classes in 6 rows")]
    [InlineData("", "the file is empty")]
    [InlineData("y\nyes\nno\nyes\nno\nyes\nno\n", "no column beside the target")]
    [InlineData("a;b;y\n1,5;2;yes\n2,5;3;no\n3,5;3;no\n3,6;3;yes\n3,1;3;yes\n", "decimalComma")]
    public async Task A_training_over_bad_data_fails_and_says_where(string csv, string said)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = new Recipe
        {
            Name = "bad",
            Data = new() { File = shop.File("bad.csv", csv) },
            Target = "y",
            Estimator = new() { Kind = "tree" },
        };
        if (said == "decimalComma")
            recipe = recipe with { Features = [new("a", FeatureKind.Number)] };
        var ended = await shop.TrainAsync(recipe);
        Assert.Equal(ExperimentStatus.Failed, ended.Status);
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
        Assert.Null(ended.Outcome);
    }

    [Theory]
    [InlineData("1e999", "infinite")]
    [InlineData("", "refuses missing numbers")]
    public async Task A_number_that_cannot_be_is_named_by_column_and_row(string value, string said)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var csv = "size,y\n"
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"{(i == 7 ? value : i)},{(i % 3 == 0 ? "yes" : "no")}\n"));
        var ended = await shop.TrainAsync(new()
        {
            Name = "bad",
            Data = new() { File = shop.File("bad.csv", csv) },
            Target = "y",
            Estimator = new() { Kind = "logistic" },
            Numbers = new() { Missing = MissingNumbers.Refuse, Scale = NumberScale.None },
        });
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
        Assert.Contains("'size'", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boosting", "sensor", FeatureKind.Number)]
    [InlineData("tree", "sensor", FeatureKind.Category)]
    [InlineData("tree", "name", FeatureKind.Category)]
    public async Task A_column_without_a_value_to_learn_from_is_named_before_anything_is_learned(
        string estimator, string filled, FeatureKind kind)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var csv = "day,wind,sensor,name,fee\n" + string.Concat(Enumerable.Range(0, 100).Select(
            i => $"{i},{i % 7},{(i >= 90 && filled == "sensor" ? i % 3 : "")},{(i >= 90 && filled == "name" ? "new" : "")},{i * 3}\n"));
        var recipe = new Recipe
        {
            Name = "sensor",
            Data = new() { File = shop.File("sensor.csv", csv) },
            Target = "fee",
            Features = [new("wind", FeatureKind.Number), new(filled, kind)],
            Split = new() { By = SplitKind.Time, Column = "day", Test = 0.1 },
            Estimator = new() { Kind = estimator },
        };

        var ended = await shop.TrainAsync(recipe);

        Assert.Equal(ExperimentStatus.Failed, ended.Status);
        Assert.Contains($"The feature '{filled}' has no value in any of the 90 rows to learn from", ended.Error, StringComparison.Ordinal);
        var planned = await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.PlanAsync(Workshop.Builder, recipe, default));
        Assert.Equal(ended.Error, $"{planned.Message} {planned.Fix}");
        Assert.Contains($"ignore: [{filled}]", planned.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00001,00002,10115", "row 0 (rows count from 0) is '00001', which as a number would lose digits")]
    [InlineData("1,18446744073709551617,3", "row 1 (rows count from 0) is '18446744073709551617', which as a number would lose digits")]
    public async Task Keys_that_would_lose_digits_are_no_numbers(string cells, string said)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var keys = cells.Split(',');
        var csv = "zip,fee\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{keys[i % 3]},{i}\n"));
        var recipe = new Recipe
        {
            Name = "zip",
            Data = new() { File = shop.File("zip.csv", csv) },
            Target = "fee",
            Features = [new("zip", FeatureKind.Number)],
            Estimator = new() { Kind = "tree" },
        };
        var error = await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.PlanAsync(Workshop.Builder, recipe, default));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("zip: category", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constant_column_is_a_note()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var csv = "port,wind,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"Oslo,{i},{(i > 20 ? "yes" : "no")}\n"));
        var ended = await shop.TrainAsync(new()
        {
            Name = "port",
            Data = new() { File = shop.File("port.csv", csv) },
            Target = "y",
            Estimator = new() { Kind = "tree" },
        });
        Assert.Equal(["'port' is 'Oslo' in every row and teaches nothing."], ended.Outcome!.Notes);
    }

    [Theory]
    [InlineData(
        "1,5", "2,#", "'size' looks like numbers with a decimal comma and is taken as text; `data: decimalComma: true` reads them.")]
    [InlineData(
        "inf", "1#",
        "'size' is taken as text though most of it are numbers: row 7 (rows count from 0) is 'inf'. Mend it, or name it under `data: missing:`.")]
    public async Task A_column_that_only_just_is_no_number_is_a_note(string odd, string other, string note)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var rows = Enumerable.Range(0, 40)
            .Select(i => $"{(i == 7 ? odd : other.Replace("#", $"{i % 3}", StringComparison.Ordinal))};{(i % 2 == 0 ? "yes" : "no")}\n");
        var file = shop.File("odd.csv", "size;y\n" + string.Concat(rows));
        var recipe = new Recipe { Name = "odd", Data = new() { File = file }, Target = "y", Estimator = new() { Kind = "tree" } };
        var plan = await shop.Experiments.PlanAsync(Workshop.Builder, recipe, default);
        Assert.Equal([note], plan.Notes);
    }

    [Fact]
    public async Task Numbers_that_stand_for_classes_want_to_be_said_so()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var csv = "wind,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i % 2}\n"));
        var data = new RecipeData { File = shop.File("bits.csv", csv) };
        var recipe = new Recipe { Name = "bits", Data = data, Target = "y", Estimator = new() { Kind = "logistic" } };
        var refused = await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.PlanAsync(Workshop.Builder, recipe, default));
        Assert.Contains("`task: classify`", refused.Fix, StringComparison.Ordinal);
        Assert.Equal(
            ["0", "1"], (await shop.Experiments.PlanAsync(Workshop.Builder, recipe with { Task = TaskKind.Classify }, default)).Classes);
    }

    [Fact]
    public async Task A_usual_metric_that_few_rows_cannot_give_is_a_note()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var csv = "wind,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i},{(i > 9 ? "yes" : "no")}\n"));
        var recipe = new Recipe
        {
            Name = "few",
            Data = new() { File = shop.File("few.csv", csv) },
            Target = "y",
            Estimator = new() { Kind = "tree" },
            Split = new() { Test = 0.1 },
        };
        var ended = await shop.TrainAsync(recipe);
        Assert.Null(ended.Error);
        Assert.DoesNotContain(ended.Outcome!.Metrics, m => m.Name == "auc");
        Assert.Contains(ended.Outcome.Notes, n => n.StartsWith("'auc' cannot be measured on the 1 rows", StringComparison.Ordinal));
        Assert.Contains("both classes", (await shop.TrainAsync(recipe with { Metrics = ["auc"] })).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_that_would_not_fit_into_memory_is_refused_with_the_estimate()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { MostMemory = 20_000 });
        var ended = await shop.TrainAsync(shop.Ships("forest"));
        Assert.Equal(ExperimentStatus.Failed, ended.Status);
        Assert.Contains("would take about", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_learning_rate_that_diverges_is_said_with_its_step()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var ended = await shop.TrainAsync(shop.Ships("network", 100, ("learningRate", "100000")));
        Assert.Equal(ExperimentStatus.Failed, ended.Status);
        Assert.Matches("diverged at step [0-9]+: .*Lower the learning rate", ended.Error);
    }

    [Fact]
    public async Task A_data_file_that_is_not_there_is_refused_before_anything_is_recorded()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = shop.Ships() with { Data = new() { File = "/no/such/ships.csv" } };
        Assert.Equal("training.data-file",
            (await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.StartAsync(Workshop.Builder, recipe, default))).Code);
        Assert.Empty(await shop.Experiments.ListAsync(Workshop.Builder, null, 10, default));
    }
}
