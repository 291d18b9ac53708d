using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// A question's evidence, read. <see cref="Gold"/>: the candidates that answer; none when the evidence does not answer.
/// <see cref="Weight"/>: as how many questions it counts in training.
/// </summary>
internal sealed record TrainingQuestion(ReadEvidence Evidence, IReadOnlySet<int> Gold)
{
    public double Weight { get; init; } = 1;
}
