namespace Cairn.Training;

/// <summary>What a person left off early, so that the same can be made again.</summary>
/// <param name="Stage">A search after some candidates, or learning after some rounds.</param>
/// <param name="After">How many of them were done.</param>
/// <param name="Of">How many there would have been at most.</param>
public sealed record EarlyStop(TrainingStage Stage, int After, int Of);
