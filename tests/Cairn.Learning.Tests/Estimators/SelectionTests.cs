namespace Cairn.Learning.Tests;

public sealed class SelectionTests
{
    private static readonly NdArray<double> Rows = Table.Of(3, 120, 3);
    private static readonly int[] Labels = Table.Classes(Rows, r => r[0] > .8 ? 1 : 0);
    private static readonly double[] Targets = Table.Map(Rows, r => (3 * r[0]) - r[1]);

    [Fact]
    public void Each_row_is_judged_once()
    {
        foreach (var folds in new[] { Folds.Random(120, 7), Folds.Stratified(Labels, 4),
            Folds.Grouped(Enumerable.Range(0, 120).Select(i => i / 9).ToArray(), 5) })
        {
            Assert.Equal(Enumerable.Range(0, 120), folds.SelectMany(f => f.Test).Order());
            Assert.All(folds, f => Assert.Equal(Enumerable.Range(0, 120), f.Train.Concat(f.Test).Order()));
        }
    }

    [Fact]
    public void Stratified_folds_have_each_class_by_its_share()
    {
        var ones = Labels.Sum();
        Assert.All(Folds.Stratified(Labels, 4), f => Assert.InRange(f.Test.Sum(r => Labels[r]), ones / 4, (ones / 4) + 1));
    }

    [Theory]
    [InlineData(50, 2, .2, 20)]
    [InlineData(50, 2, .25, 25)]
    [InlineData(100, 4, .1, 40)]
    [InlineData(3, 50, .25, 38)]
    [InlineData(50, 2, .9, 50)]
    public void Many_small_classes_are_set_aside_by_the_share_and_each_is_learned_from(int classes, int each, double share, int expected)
    {
        var labels = Enumerable.Range(0, classes * each).Select(i => i % classes).ToArray();
        var (train, held) = Holdout.Stratified(labels, share, 4);
        Assert.Equal(expected, held.Length);
        Assert.Equal(Enumerable.Range(0, labels.Length), train.Concat(held).Order());
        Assert.Equal(classes, train.Select(r => labels[r]).Distinct().Count());
        var counts = Enumerable.Range(0, classes).Select(c => held.Count(r => labels[r] == c)).ToArray();
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    [Fact]
    public void Rare_classes_beside_a_common_one_are_set_aside_too()
    {
        int[] labels = [.. Enumerable.Repeat(0, 60), .. Enumerable.Range(0, 80).Select(i => 1 + (i % 20))];
        var held = Holdout.Stratified(labels, .1, 0).Held;
        Assert.Equal(14, held.Length);
        Assert.Equal(8, held.Where(r => labels[r] > 0).Select(r => labels[r]).Distinct().Count());
    }

    [Fact]
    public void Which_of_equal_classes_are_set_aside_is_drawn_by_the_seed()
    {
        var labels = Enumerable.Range(0, 100).Select(i => i % 50).ToArray();
        Assert.NotEqual(Classes(1), Classes(2));
        Assert.Equal(Classes(1), Classes(1));

        int[] Classes(long seed) => [.. Holdout.Stratified(labels, .2, seed).Held.Select(r => labels[r]).Order()];
    }

    [Fact]
    public void The_only_row_of_a_class_is_learned_from()
    {
        int[] labels = [0, 0, 0, 1];
        for (var seed = 0; seed < 20; seed++)
        {
            var held = Holdout.Stratified(labels, .1, seed).Held;
            Assert.Equal(0, labels[Assert.Single(held)]);
        }
        Assert.Single(Holdout.Stratified([4, 5, 6], .1, 0).Held);
    }

    [Fact]
    public void A_group_is_never_parted()
    {
        int[] groups = [5, 5, 5, 5, 8, 8, 1, 1, 1, 2];
        Assert.All(Folds.Grouped(groups, 3), f => Assert.Empty(f.Train.Select(r => groups[r]).Intersect(f.Test.Select(r => groups[r]))));
    }

    [Fact]
    public void Time_folds_learn_only_from_the_past()
    {
        var folds = Folds.Time(20, 4);
        Assert.Equal(4, folds.Count);
        Assert.All(folds, f => Assert.True(f.Train.Max() < f.Test.Min()));
        Assert.Equal(19, folds[^1].Test.Max());
    }

    [Fact]
    public void A_class_too_rare_for_the_folds_is_named()
        => Assert.Contains("class 7 has 1 rows", Assert.Throws<BadInputException>(() => Folds.Stratified([0, 0, 0, 7], 2)).Message);

    [Fact]
    public void A_pipeline_is_judged_as_one_and_the_search_finds_the_right_penalty()
    {
        var folds = Folds.Random(120, 4);
        var found = OptionsSearch.Run([.001, 1.0, 1000], l2 => CrossValidation.Score(
            () => new RegressorPipeline([new StandardScaler()], new Ridge(l2)), Rows, Targets, folds));
        Assert.Equal(.001, found[0].Options);
        Assert.True(found[0].Mean > .999);
        Assert.Equal([.001, 1, 1000], found.Select(f => f.Options));
    }

    [Fact]
    public void A_classifier_s_pipeline_predicts_probabilities()
    {
        var pipeline = new ClassifierPipeline([new Imputer(), new StandardScaler()], new LogisticRegression());
        var scores = CrossValidation.Score(() => pipeline, Rows, Labels, Folds.Stratified(Labels, 3));
        Assert.All(scores, s => Assert.True(s > .85, $"{s}"));
        Assert.Equal([0, 1], pipeline.Classes);
        Assert.Equal((2, 2), (pipeline.PredictProbability(NdArray.Full(double.NaN, 2, 3)).Shape[0], 2));
    }

    [Fact]
    public void A_seed_draws_the_same_candidates()
        => Assert.Equal(OptionsSearch.Draws(5, 3, r => r.Uniform()), OptionsSearch.Draws(5, 3, r => r.Uniform()));

    [Fact]
    public void Shuffling_the_column_that_matters_most_hurts_most()
    {
        var model = new LinearRegression();
        model.Fit(Rows, Targets);
        var falls = PermutationImportance.Of(Rows, f => RegressionMetrics.R2(Targets, model.Predict(f)));
        Assert.True(falls[0].Mean > falls[1].Mean && falls[1].Mean > .05);
        Assert.Equal(0, falls[2].Mean, 9);
    }

    [Fact]
    public void A_frames_columns_are_shuffled_as_they_are_and_one_after_another()
    {
        var flags = Enumerable.Range(0, 90).Select(i => "abc"[i % 3].ToString()).ToArray();
        var frame = new Frame(("flag", TextColumn.Of(flags)), ("size", Enumerable.Range(0, 90).ToArray()));
        var seen = new List<(bool Flag, bool Size)>();
        var worth = PermutationImportance.Of(frame, ["flag", "size"], rows =>
        {
            var same = Enumerable.Range(0, 90).Count(r => rows["flag"].TextOf(r) == flags[r]);
            seen.Add((same == 90, rows.Numbers("size").ToArray().SequenceEqual(frame.Numbers("size").ToArray())));
            Assert.Equal(flags.Order(), Enumerable.Range(0, 90).Select(r => rows["flag"].TextOf(r)).Order());
            return same / 90.0;
        }, repeats: 2, seed: 3);
        Assert.Equal([(true, true), (false, true), (false, true), (true, false), (true, false)], seen);
        Assert.True(worth[0].Mean > 0.3, $"{worth[0]}");
        Assert.Equal((0, 0), worth[1]);
        Assert.Throws<BadInputException>(() => PermutationImportance.Of(frame, ["flg"], _ => 1));
    }
}
