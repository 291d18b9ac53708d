namespace Cairn.Training;

/// <summary>How much worse a model is without what one column says.</summary>
/// <param name="Mean">How much the metric gets worse when the column is shuffled, over the repeats; below 0 where it got better by
/// chance.</param>
/// <param name="Deviation">Over the repeats.</param>
public sealed record ColumnImportance(string Name, double Mean, double Deviation);
