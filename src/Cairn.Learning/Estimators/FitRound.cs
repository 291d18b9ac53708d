namespace Cairn.Learning;

/// <summary>One round of a fit: a tree, an epoch, a step of a search.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Total">The most rounds that there will be.</param>
/// <param name="Training">The mean loss over the rows learned from; null where a round has none of its own (a forest's tree).</param>
/// <param name="Validation">The mean loss over the rows set aside, where some are.</param>
public sealed record FitRound(int Number, int Total, double? Training, double? Validation);
