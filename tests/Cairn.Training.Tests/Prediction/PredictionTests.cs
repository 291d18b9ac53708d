using System.Text.Json;

namespace Cairn.Training.Tests;

public sealed class PredictionTests
{
    private const string Storm = """{"tonnage": 1200, "flag": "NL", "age": 38, "wind": 29, "remark": "storm expected"}""";
    private const string Calm = """{"tonnage": 1200, "flag": "NO", "age": 1, "wind": 1, "remark": "calm sea"}""";

    [Theory, Engines]
    public async Task The_live_version_predicts_and_a_promotion_holds_from_the_next_call(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        await shop.TrainAsync(shop.Ships("forest", 300, ("trees", "20")));
        await shop.TrainAsync(shop.Ships("bayes", 300));

        var first = await PredictAsync(shop, Storm, Calm);
        Assert.Equal((1, "yes", "no"), (first.Version, first.Predictions[0].Label, first.Predictions[1].Label));
        Assert.Equal(1, first.Predictions[0].Probabilities!.Values.Sum(), 12);
        await shop.Registry.PromoteAsync(Workshop.Builder, "ships", 2, default);
        Assert.Equal(2, (await PredictAsync(shop, Storm)).Version);
    }

    [Fact]
    public async Task A_number_is_predicted_with_its_missing_inputs_filled()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var file = shop.File("fees.csv",
            "tonnage,berths,fee\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{i % 5},{i * 2}\n")));
        await shop.TrainAsync(new()
        {
            Name = "ships",
            Data = new() { File = file },
            Target = "fee",
            Estimator = new() { Kind = "linear" },
        });
        var result = await PredictAsync(shop, """{"tonnage": 30, "berths": 2}""", """{"tonnage": 30, "berths": null}""",
            """{"tonnage": 30}""");
        Assert.All(result.Predictions, p => Assert.Equal(60, p.Value!.Value, 6));
    }

    [Theory]
    [InlineData("""{"tonnage": true}""", "Row 0: the field 'tonnage' is true; a finite number is expected.")]
    [InlineData("""{"flag": 7}""", "Row 0: the field 'flag' is 7; a text is expected.")]
    [InlineData("""{"flag": false}""", "Row 0: the field 'flag' is false; a text is expected.")]
    [InlineData("""{"wind": 1, "flag": "NO", "wind": 30}""", "Row 0 has the field 'wind' twice.")]
    public async Task A_value_of_another_type_or_sent_twice_is_refused(string row, string message)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        await shop.TrainAsync(shop.Ships("bayes", 100));
        var refusal = await Assert.ThrowsAsync<CairnException>(() => PredictAsync(shop, row));
        Assert.Equal(("prediction.input", message), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task Truths_stand_where_training_had_truths_and_the_schema_says_so()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var rows = Enumerable.Range(0, 80).Select(i => $"{i % 2 == 0},{(i % 4 < 2 ? 1 : 2)},{(i % 2 == 0 ? 100 : 0) + (i % 4 < 2 ? 10 : 20)}\n");
        await shop.TrainAsync(new()
        {
            Name = "ships",
            Data = new() { File = shop.File("fees.csv", "towed,berth,fee\n" + string.Concat(rows)) },
            Target = "fee",
            Features = [new("towed", FeatureKind.Number), new("berth", FeatureKind.Category)],
            Unseen = UnseenCategories.Refuse,
            Estimator = new() { Kind = "tree" },
        });

        var result = await PredictAsync(shop, """{"towed": true, "berth": 2}""", """{"towed": 1, "berth": "2"}""",
            """{"towed": false, "berth": 1}""");
        Assert.Equal([120, 120, 10], result.Predictions.Select(p => p.Value!.Value));
        var properties = (await shop.Predictions.SchemaAsync(Workshop.Builder, "ships", default))["properties"]!;
        Assert.Equal("""["number","boolean","null"]""", properties["towed"]!["type"]!.ToJsonString());
        Assert.Equal("""["string","number","null"]""", properties["berth"]!["type"]!.ToJsonString());
        Assert.Equal("""["1","2",1,2,null]""", properties["berth"]!["enum"]!.ToJsonString());
    }

    [Fact]
    public async Task A_category_of_numbers_is_known_however_JSON_writes_the_number()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var rows = Enumerable.Range(0, 80)
            .Select(i => FormattableString.Invariant($"{i % 4},{(i % 4) + 0.5},{(i % 4 == 3 ? "\"3.50\"" : "none")},{i % 4 * 100}\n"));
        await shop.TrainAsync(new()
        {
            Name = "ships",
            Data = new() { File = shop.File("fees.csv", "berth,draught,code,fee\n" + string.Concat(rows)) },
            Target = "fee",
            Features = [new("berth", FeatureKind.Category), new("draught", FeatureKind.Category), new("code", FeatureKind.Category)],
            Unseen = UnseenCategories.Refuse,
            Estimator = new() { Kind = "tree" },
        });

        var result = await PredictAsync(shop,
            """{"berth": 3, "draught": 3.5, "code": "3.50"}""", """{"berth": 3.0, "draught": 3.50, "code": 3.50}""",
            """{"berth": 3e0, "draught": 35e-1, "code": 3.50}""");

        Assert.All(result.Predictions, p => Assert.Equal(300, p.Value!.Value, 6));
        Assert.Contains("'7.0', which was not there in training",
            (await Assert.ThrowsAsync<CairnException>(() => PredictAsync(shop, """{"berth": 7.0}"""))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("gone")]
    public async Task A_damaged_model_predicts_nothing_and_another_version_does(string how)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        await shop.TrainAsync(shop.Ships("tree", 100, ("maxDepth", "1")));
        await shop.TrainAsync(shop.Ships("tree", 100, ("maxDepth", "3")));
        var blob = (await shop.Registry.FindAsync(Workshop.Builder, "ships", default)).Versions.Single(v => v.Version == 1).Hash;
        var file = Directory.EnumerateFiles(shop.Folder, blob, SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.Delete(file);
        if (how == "flipped")
            File.WriteAllBytes(file, bytes);

        var error = await Assert.ThrowsAsync<CairnException>(() => PredictAsync(shop, Storm));

        Assert.Equal((ErrorKind.Environment, "model.damaged"), (error.Kind, error.Code));
        Assert.Contains("version 1 of the model 'ships'", error.Message, StringComparison.Ordinal);
        Assert.Contains("cairn registry promote ships VERSION", error.Fix, StringComparison.Ordinal);
        // The page on which another version is promoted shows these two.
        Assert.Equal("delayed", (await shop.Predictions.InputAsync(Workshop.Builder, "ships", default)).Target);
        Assert.Equal(1, (await shop.Predictions.MonitorAsync(Workshop.Builder, "ships", null, 24, default)).Version);
        await shop.Registry.PromoteAsync(Workshop.Builder, "ships", 2, default);
        Assert.Equal(2, (await PredictAsync(shop, Storm)).Version);
    }

    [Theory]
    [InlineData("""{"tonage": 1}""", "a field 'tonage' that the model does not know")]
    [InlineData("""{"tonnage": "much"}""", "Row 1: the field 'tonnage' is the text 'much'; a finite number is expected")]
    [InlineData("""{"tonnage": "NaN"}""", "a finite number is expected")]
    [InlineData("""{"tonnage": 1e999}""", "a finite number is expected")]
    [InlineData("""{"tonnage": [1]}""", "is a list")]
    [InlineData("""{"remark": 3}""", "a text is expected")]
    [InlineData("""{"flag": {}}""", "is an object")]
    [InlineData("""[1]""", "Row 1 is a list")]
    public async Task What_the_schema_refuses_is_named_by_field_and_row(string row, string said)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        await shop.TrainAsync(shop.Ships("bayes", 100) with { Features = [new("tonnage", FeatureKind.Number),
            new("flag", FeatureKind.Category), new("remark", FeatureKind.Text)], Estimator = new() { Kind = "tree" } });
        var error = await Assert.ThrowsAsync<CairnException>(() => PredictAsync(shop, """{"tonnage": 1}""", row));
        Assert.Equal((ErrorKind.Input, "prediction.input"), (error.Kind, error.Code));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await shop.Predictions.MonitorAsync(Workshop.Builder, "ships", null, 24, default)).Refused);
    }

    [Fact]
    public async Task An_unseen_category_and_a_missing_number_are_handled_as_the_recipe_says()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = shop.Ships("logistic", 200) with { Ignore = ["age"], Unseen = UnseenCategories.Refuse,
            Numbers = new() { Missing = MissingNumbers.Refuse } };
        await shop.TrainAsync(recipe);
        const string Whole = """{"tonnage": 1, "flag": "NO", "wind": 2, "remark": "calm sea 1"}""";
        Assert.Single((await PredictAsync(shop, Whole)).Predictions);
        Assert.Contains("'PA', which was not there in training",
            (await Assert.ThrowsAsync<CairnException>(
                () => PredictAsync(shop, Whole.Replace("NO", "PA", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);
        Assert.Contains("Row 0 has no value for the field 'wind'",
            (await Assert.ThrowsAsync<CairnException>(
                () => PredictAsync(shop, """{"tonnage": 1, "flag": "NO", "remark": null}"""))).Message, StringComparison.Ordinal);
        var schema = await shop.Predictions.SchemaAsync(Workshop.Builder, "ships", default);
        Assert.Equal(["tonnage", "wind"], schema["required"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Contains("NO", schema["properties"]!["flag"]!["enum"]!.AsArray().Select(n => n?.GetValue<string>()));

        await shop.TrainAsync(recipe with { Name = "other", Unseen = UnseenCategories.Ignore });
        Assert.Single((await shop.Predictions.PredictAsync(Workshop.Builder, "other",
            [Json(Whole.Replace("NO", "PA", StringComparison.Ordinal))], default)).Predictions);
        Assert.Equal(1, (await shop.Predictions.MonitorAsync(Workshop.Builder, "other", null, 24, default)).Fields.Single(f => f.Name
            == "flag").NewShare);
    }

    [Theory, Engines]
    public async Task What_was_served_is_counted_and_held_against_training(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        await shop.TrainAsync(shop.Ships("tree", 400));
        var rows = Harbour.Csv(400, seed: 8).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
            .ToArray();
        await shop.Predictions.PredictAsync(Workshop.Builder, "ships", [.. rows.Select(r => Json(Ship(r[0], r[1], r[3])))], default);
        var same = await shop.Predictions.MonitorAsync(Workshop.Builder, "ships", null, 24, default);
        Assert.Equal((1, 400), (same.Calls, same.Rows));
        Assert.Equal([DriftState.Stable, DriftState.Stable, DriftState.Stable],
            same.Fields.Where(f => f.Name is "tonnage" or "flag" or "wind").Select(f => f.State));
        Assert.Equal((DriftState.Drifted, 1.0), same.Fields.Where(f => f.Name == "age").Select(f => (f.State, f.MissingNow)).Single());

        await shop.Predictions.PredictAsync(Workshop.Builder, "ships", [.. rows.Select(r => Json(Ship("9000", "PA", r[3])))], default);
        var moved = await shop.Predictions.MonitorAsync(Workshop.Builder, "ships", null, 24, default);
        Assert.Equal((2, 800), (moved.Calls, moved.Rows));
        Assert.Equal(DriftState.Drifted, moved.Fields.Single(f => f.Name == "tonnage").State);
        var flag = moved.Fields.Single(f => f.Name == "flag");
        Assert.Equal((0.5, "PA"), (flag.NewShare, flag.NewNames.Single()));
        Assert.NotNull(moved.MedianMilliseconds);
        Assert.Equal(800, moved.Hours.Sum(h => h.Rows));

        static string Ship(string tonnage, string flag, string wind)
            => $$"""{"tonnage": {{tonnage}}, "flag": "{{flag}}", "wind": {{wind}}, "remark": "calm sea"}""";
    }

    [Fact]
    public void The_stability_index_is_the_field_s()
    {
        // 0.2 ln(0.6 / 0.4) + -0.2 ln(0.4 / 0.6) by hand.
        Assert.Equal(0.4 * Math.Log(1.5), DriftMeasure.Stability([0.4, 0.6], [60, 40]), 12);
        Assert.Equal(0, DriftMeasure.Stability([0.25, 0.75], [1, 3]), 12);
    }

    [Fact]
    public async Task A_visitor_predicts_nothing()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var error = await Assert.ThrowsAsync<CairnException>(() => shop.Predictions.PredictAsync(Principal.Visitor(), "ships", [Json(Calm)],
            default));
        Assert.Equal(ErrorKind.NotPermitted, error.Kind);
    }

    private static Task<PredictionResult> PredictAsync(Workshop shop, params string[] rows)
        => shop.Predictions.PredictAsync(Workshop.Builder, "ships", [.. rows.Select(Json)], default);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
