namespace Cairn.Learning;

/// <summary>One round of a fit.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Total">The most rounds that there will be.</param>
/// <param name="Training">The mean loss over the rows learned from.</param>
/// <param name="Validation">The mean loss over the rows set aside, where some are.</param>
public sealed record FitRound(int Number, int Total, double Training, double? Validation);
