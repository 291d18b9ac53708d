namespace Cairn.Knowledge;

/// <summary>
/// What was learned for extractive answers: how units rank, how sure the best one makes, and below which confidence an answer is missing.
/// </summary>
internal sealed record GroundingModel(LinearModel Ranking, LinearModel Confidence, double OperatingPoint);
