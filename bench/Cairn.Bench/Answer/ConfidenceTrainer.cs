using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Learns when evidence answers: logistic regression over each question with its article among the passages (1) and without (0). The
/// operating point gives up a fixed share of the questions that could be answered.
/// </summary>
internal static class ConfidenceTrainer
{
    private const int Steps = 400;
    private const double Decay = 3;
    private const double GivenUp = 0.03;

    public static GroundingModel Train(IReadOnlyList<TrainingQuestion> questions, LinearModel ranking)
    {
        var tables = questions.SelectMany(q => new[] { Row(q.Evidence, ranking), Row(q.Without, ranking) }).ToList();
        var scale = Standardisation.Of(tables, ConfidenceFeatures.Count);
        var rows = tables.Select(scale.Apply).ToList();
        var adam = new Adam(ConfidenceFeatures.Count + 1, 0.05);
        for (var step = 0; step < Steps; step++)
        {
            var gradient = adam.Weights.Select((w, i) => i < ConfidenceFeatures.Count ? Decay * w : 0).ToArray();
            for (var r = 0; r < rows.Count; r++)
            {
                var error = Sigmoid(rows[r].Select((v, i) => v * adam.Weights[i]).Sum() + adam.Weights[^1]) - (r % 2 == 0 ? 1 : 0);
                for (var i = 0; i < ConfidenceFeatures.Count; i++)
                    gradient[i] += error * rows[r][i];
                gradient[^1] += error;
            }
            adam.Step(gradient);
        }
        var confidence = scale.Undo(adam.Weights[..^1], adam.Weights[^1]);
        var answerable = tables.Where((_, i) => i % 2 == 0).Select(t => Sigmoid(confidence.Score(t))).Order().ToList();
        return new GroundingModel(ranking, confidence, Math.Round(answerable[(int)(answerable.Count * GivenUp)], 3));
    }

    public static double Confidence(ReadEvidence evidence, GroundingModel model) => Sigmoid(model.Confidence.Score(Row(evidence, model.Ranking)));

    private static double[] Row(ReadEvidence evidence, LinearModel ranking)
    {
        var row = new double[ConfidenceFeatures.Count];
        ConfidenceFeatures.Write(RankedEvidence.Rank(evidence, ranking), row);
        return row;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
