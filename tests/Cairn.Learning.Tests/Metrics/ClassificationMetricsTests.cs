namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.</summary>
public sealed class ClassificationMetricsTests
{
    private static readonly int[] Actual = [0, 1, 2, 2, 1, 0, 2, 1, 1, 0];
    private static readonly int[] Predicted = [0, 2, 2, 1, 1, 0, 2, 0, 1, 0];

    [Theory]
    [InlineData(Averaging.Macro, .6944444444444443, .7222222222222222, .6984126984126985)]
    [InlineData(Averaging.Micro, .7, .7, .7)]
    [InlineData(Averaging.Weighted, .6916666666666667, .7, .6857142857142857)]
    public void Averages_over_classes_agree_with_the_reference(Averaging averaging, double precision, double recall, double f1)
    {
        Assert.Equal(precision, ClassificationMetrics.Precision(Actual, Predicted, averaging), 12);
        Assert.Equal(recall, ClassificationMetrics.Recall(Actual, Predicted, averaging), 12);
        Assert.Equal(f1, ClassificationMetrics.F1(Actual, Predicted, averaging), 12);
    }

    [Fact]
    public void The_confusion_matrix_has_a_row_per_actual_class()
    {
        var matrix = ConfusionMatrix.Of(Actual, Predicted);
        Assert.Equal([0, 1, 2], matrix.Classes);
        Assert.Equal((3, 1, 2, 1), (matrix[0, 0], matrix[1, 0], matrix[1, 1], matrix[1, 2]));
        Assert.Equal((4, 4), (matrix.Actual(1), matrix.Predicted(0)));
    }

    [Fact]
    public void A_class_that_is_never_predicted_has_precision_0()
        => Assert.Equal(0, ClassificationMetrics.Precision([0, 1], [0, 0]));

    [Fact]
    public void Binary_averaging_of_three_classes_is_refused_with_what_to_choose()
        => Assert.Contains("Macro", Assert.Throws<BadInputException>(() => ClassificationMetrics.F1(Actual, Predicted)).Message);

    [Fact]
    public void Columns_of_different_lengths_name_both()
    {
        var error = Assert.Throws<ShapeException>(() => ClassificationMetrics.Accuracy([1, 0, 1], [1]));
        Assert.Contains("3 actual values stand against 1", error.Message);
    }

    [Fact]
    public void No_rows_have_no_accuracy() => Assert.Throws<BadInputException>(() => ClassificationMetrics.Accuracy([], []));
}
