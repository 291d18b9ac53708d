namespace Cairn.Training;

/// <summary>How far a training is.</summary>
/// <param name="SecondsLeft">By the pace so far; null while unknown.</param>
public sealed record ExperimentProgress(long Done, long? Total, string Step, double? SecondsLeft);
