using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Cairn.Learning.Tests;

public sealed class ModelFileTests
{
    private static readonly NdArray<double> Rows = Table.Of(7, 120, 4);
    private static readonly int[] Labels = Table.Classes(Rows, r => r[0] + r[1] > 1 ? 4 : r[2] > .5 ? 2 : 1);
    private static readonly double[] Targets = Table.Map(Rows, r => (3 * r[0]) - (r[1] * r[2]));
    private static readonly string[] Texts =
    [
        "A card has not arrived 🛳🛳", "the new card arrived today", "Where is my card?", "exchange rate of the day",
    ];

    public static TheoryData<string> Classifiers() => [.. MakeClassifiers().Keys];

    public static TheoryData<string> Regressors() => [.. MakeRegressors().Keys];

    public static TheoryData<string> Transformers() => [.. MakeTransformers().Keys];

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void A_classifier_that_was_read_predicts_bit_for_bit_what_the_written_one_does(string name)
    {
        var model = MakeClassifiers()[name]();
        foreach (var labels in new[] { Labels, Array.ConvertAll(Labels, l => l == 4 ? 1 : 0) })
        {
            model.Fit(Rows, labels);
            var read = Again(model);
            Assert.Equal(model.Classes, read.Classes);
            Assert.Equal(Bits(model.PredictProbability(Rows)), Bits(read.PredictProbability(Rows)));
        }
    }

    [Theory]
    [MemberData(nameof(Regressors))]
    public void A_regressor_that_was_read_predicts_bit_for_bit_what_the_written_one_does(string name)
    {
        var model = MakeRegressors()[name]();
        model.Fit(new Features(Rows, ["a", "b", "c", "d"]), Targets);
        var read = Again(model);
        Assert.Equal(Array.ConvertAll(model.Predict(Rows), BitConverter.DoubleToInt64Bits),
            Array.ConvertAll(read.Predict(Rows), BitConverter.DoubleToInt64Bits));
        Assert.Throws<BadInputException>(() => read.Predict(new Features(Rows, ["a", "b", "d", "c"])));
    }

    [Theory]
    [MemberData(nameof(Transformers))]
    public void A_transformer_that_was_read_changes_rows_bit_for_bit_as_the_written_one_does(string name)
    {
        var model = MakeTransformers()[name]();
        model.Fit(Rows);
        Assert.Equal(Bits(model.Transform(Rows).Dense), Bits(Again(model).Transform(Rows).Dense));
    }

    [Fact]
    public void Trees_that_ask_about_categories_and_missing_values_are_kept()
    {
        var rows = Table.Steps(3, 200, 3, 6);
        for (var row = 0; row < 200; row += 7)
            rows[row, 1] = double.NaN;
        var model = new BoostingClassifier(new() { Rounds = 6, CategoricalColumns = [0], MinRowsPerLeaf = 3 });
        model.Fit(rows, Table.Classes(rows, r => (int)(r[0] * 6) % 2));
        var read = Again(model);
        Assert.True(read.Trees[0][0].LeftCategoriesOf(0).Length > 0);
        Assert.Equal(Bits(model.PredictProbability(rows)), Bits(read.PredictProbability(rows)));
        Assert.Equal(model.Importances, read.Importances);
    }

    [Fact]
    public void Vectorisers_keep_n_grams_that_are_half_a_character()
    {
        ITextVectoriser[] vectorisers =
        [
            new TfidfVectoriser(new() { Ngrams = new() { Unit = NgramUnit.CharacterInWord, Shortest = 2, Longest = 3 }, Sublinear = true }),
            new HashingVectoriser(columns: 64),
            new VectoriserUnion(new TfidfVectoriser(TfidfOptions.Counts), new HashingVectoriser(columns: 8)),
        ];
        foreach (var vectoriser in vectorisers)
        {
            vectoriser.Fit(Texts);
            Assert.Equal(Bits(vectoriser.Transform(Texts).ToDense()), Bits(Again(vectoriser).Transform(Texts).ToDense()));
        }
    }

    [Fact]
    public void A_frame_s_columns_and_a_model_over_them_lie_in_one_file()
    {
        var frame = Frame.ParseCsv("size,flag,remark\n1.5,NO,late again\n,DE,on time\n3,NO,late\n4,,\n");
        var columns = new ColumnTransformer().Numbers(["size"], new Imputer(), new StandardScaler()).Categories(["flag"], Unseen.Refuse)
            .Text("remark", new TfidfVectoriser());
        var model = new LogisticRegression();
        model.Fit(columns.FitTransform(frame), [1, 0, 1, 0]);
        using var stream = new MemoryStream();
        ModelFile.Write(stream, new Dictionary<string, object> { ["columns"] = columns, ["estimator"] = model },
            new Dictionary<string, string> { ["note"] = "déjà" });
        stream.Position = 0;
        var parts = ModelFile.Read(stream, out var metadata);
        var (readColumns, readModel) = ((ColumnTransformer)parts["columns"], (LogisticRegression)parts["estimator"]);
        Assert.Equal("déjà", metadata["note"]);
        Assert.Equal(Bits(model.PredictProbability(columns.Transform(frame))),
            Bits(readModel.PredictProbability(readColumns.Transform(frame))));
        Assert.Contains(
            "'SE'", Assert.Throws<BadInputException>(() => readColumns.Transform(Frame.ParseCsv("size,flag,remark\n1,SE,x\n"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_ends_early_is_refused_wherever_it_ends()
    {
        var file = Write(Fitted());
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream(file, 0, length)));
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream([.. file, 0])));
    }

    [Fact]
    public void A_damaged_byte_is_refused_or_harmless_wherever_it_is()
    {
        var file = Write(Fitted());
        for (var at = 0; at < file.Length; at++)
        {
            var damaged = file.ToArray();
            damaged[at] ^= 0x55;
            try
            {
                // A number may differ; the model still ends and predicts something.
                var model = (DecisionTreeClassifier)ModelFile.Read(new MemoryStream(damaged)).Values.Single();
                Assert.Equal(120, model.Predict(Rows).Length);
            }
            catch (InvalidDataException)
            {
                continue;
            }
            catch (InvalidCastException)
            {
                continue;
            }
        }
    }

    [Theory]
    [InlineData("kind", "System.Diagnostics.Process", "kind")]
    [InlineData("format", "pickle", "no model file")]
    [InlineData("version", "2", "version '2'")]
    public void What_a_file_may_not_say_is_refused(string what, string value, string said)
    {
        var file = Write(Fitted());
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!;
        var metadata = header["__metadata__"]!.AsObject();
        if (what == "kind")
            metadata["parts"] = metadata["parts"]!.GetValue<string>().Replace("\"kind\":\"TreeSet\"", $"\"kind\":\"{value}\"");
        else
            metadata[what] = value;
        var changed = Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] start = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(start, changed.Length);
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream([.. start, .. changed,
            .. file[(8 + length)..]])));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_that_would_go_in_circles_is_refused()
    {
        var file = Write(Fitted());
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!;
        var at = 8 + length + header["estimator.trees.left"]!["data_offsets"]![0]!.GetValue<int>();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), 0);
        Assert.Contains("leads nowhere", Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream(file))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Something_of_one_s_own_is_refused_by_name()
    {
        var model = new RegressorPipeline([new Doubling()], new Ridge());
        model.Fit(Rows, Targets);
        Assert.Contains("Doubling", Assert.Throws<NotSupportedException>(() => Write(model)).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, Func<IClassifier>> MakeClassifiers() => new()
    {
        ["gaussian"] = () => new GaussianNaiveBayes(),
        ["multinomial"] = () => new MultinomialNaiveBayes(.5),
        ["logistic"] = () => new LogisticRegression(new() { L1 = .1 }),
        ["neighbours"] = () => new NeighbourClassifier(new() { Neighbours = 7, ByDistance = true }),
        ["tree"] = () => new DecisionTreeClassifier(new() { MaxDepth = 4 }),
        ["forest"] = () => new RandomForestClassifier(new() { Trees = 7, Seed = 3 }),
        ["boosting"] = () => new BoostingClassifier(new() { Rounds = 8, Patience = 3, MinRowsPerLeaf = 4, Seed = 5 }),
        ["network"] = () => new PerceptronClassifier(new() { Width = 8, Epochs = 3, Seed = 2 }),
        ["network with rows set aside"] = () => new PerceptronClassifier(new() { Width = 8, Epochs = 3, Patience = 2, Seed = 2 }),
        ["pipeline"] = () => new ClassifierPipeline([new StandardScaler(), new Pca(2)], new LogisticRegression()),
    };

    private static Dictionary<string, Func<IRegressor>> MakeRegressors() => new()
    {
        ["linear"] = () => new LinearRegression(),
        ["ridge"] = () => new Ridge(.3),
        ["lasso"] = () => new Lasso(new() { Penalty = .01 }),
        ["neighbours"] = () => new NeighbourRegressor(),
        ["tree"] = () => new DecisionTreeRegressor(),
        ["forest"] = () => new RandomForestRegressor(new() { Trees = 5 }),
        ["boosting"] = () => new BoostingRegressor(new() { Rounds = 9, MinRowsPerLeaf = 4 }),
        ["network"] = () => new PerceptronRegressor(new() { Width = 8, Epochs = 3, Layers = 1 }),
        ["pipeline"] = () => new RegressorPipeline([new PolynomialFeatures()], new Ridge()),
    };

    private static Dictionary<string, Func<ITransformer>> MakeTransformers() => new()
    {
        ["standard"] = () => new StandardScaler(),
        ["range"] = () => new RangeScaler(),
        ["imputer"] = () => new Imputer(Filling.Median, indicators: true),
        ["polynomial"] = () => new PolynomialFeatures(3, one: false),
        ["pca"] = () => new Pca(3),
        ["latent"] = () => new LatentSemantics(2),
    };

    private static DecisionTreeClassifier Fitted()
    {
        var model = new DecisionTreeClassifier(new() { MaxDepth = 2 });
        model.Fit(Rows, Labels);
        return model;
    }

    private static T Again<T>(T model)
        where T : notnull
        => (T)ModelFile.Read(new MemoryStream(Write(model)))["estimator"];

    private static byte[] Write(object model)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, new Dictionary<string, object> { ["estimator"] = model });
        return stream.ToArray();
    }

    private static long[] Bits(NdArray<double> values) => Array.ConvertAll(values.ToArray(), BitConverter.DoubleToInt64Bits);

    private sealed class Doubling : ITransformer
    {
        public void Fit(Features features)
        {
        }

        public Features Transform(Features features) => features.Dense * 2;
    }
}
