namespace Cairn.Training.Tests;

public sealed class ExperimentPicturesTests
{
    [Fact]
    public void The_curve_has_a_title_axes_and_a_name_for_either_line()
    {
        var svg = ExperimentPictures.Curves(
            [new("training", 1, 0.6), new("validation", 1, 0.7), new("training", 2, 0.5), new("validation", 2, 0.65)]);
        string[] texts = ["Loss while it learned", "rounds learned", "mean loss of a row", "rows learned from", "rows set aside"];
        foreach (var text in texts)
            Assert.Contains($">{text}</text>", svg, StringComparison.Ordinal);
        Assert.Contains("rows set aside: 0.7 at first, 0.65 at last", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_is_a_point_for_each_candidate_named_by_its_number()
    {
        var svg = ExperimentPictures.Curves([new("search", 1, 0.7), new("search", 2, 0.8), new("search", 3, 0.75)])!;
        Assert.Equal(3, svg.Split("<circle").Length - 1);
        foreach (var text in (string[])["1", "2", "3", "candidate", "mean score over the folds"])
            Assert.Contains($">{text}</text>", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(">1.5<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<polyline", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_recorded_is_no_picture() => Assert.Null(ExperimentPictures.Curves([]));

    [Fact]
    public void An_estimator_is_written_with_a_space_before_its_options()
        => Assert.Equal(
            "boosting (patience 20)",
            new EstimatorChoice { Kind = "boosting" }.With(new Dictionary<string, string> { ["patience"] = "20" }).ToString());
}
