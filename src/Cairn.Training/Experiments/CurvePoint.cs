namespace Cairn.Training;

/// <summary>One point of a curve that is recorded while a model learns.</summary>
/// <param name="Series"><c>training</c>, <c>validation</c> or <c>search</c>.</param>
public sealed record CurvePoint(string Series, long Step, double Value);
