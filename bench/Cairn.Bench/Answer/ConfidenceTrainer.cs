using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Learns when evidence answers: logistic regression over questions whose evidence does (it has gold) and does not. The operating point
/// gives up a fixed share of those that could be answered.
/// </summary>
internal static class ConfidenceTrainer
{
    private const int Steps = 400;
    private const double Decay = 30;
    private const double GivenUp = 0.08;

    public static GroundingModel Train(IReadOnlyList<TrainingQuestion> questions, LinearModel ranking)
    {
        var tables = questions.Select(q => Row(q.Evidence, ranking)).ToList();
        var scale = Standardisation.Of(tables, ConfidenceFeatures.Count);
        var rows = tables.Select(scale.Apply).ToList();
        var adam = new Adam(ConfidenceFeatures.Count + 1, 0.05);
        for (var step = 0; step < Steps; step++)
        {
            var gradient = adam.Weights.Select((w, i) => i < ConfidenceFeatures.Count ? Decay * w : 0).ToArray();
            for (var r = 0; r < rows.Count; r++)
            {
                var error = Sigmoid(rows[r].Select((v, i) => v * adam.Weights[i]).Sum() + adam.Weights[^1])
                    - (questions[r].Gold.Count > 0 ? 1 : 0);
                for (var i = 0; i < ConfidenceFeatures.Count; i++)
                    gradient[i] += questions[r].Weight * error * rows[r][i];
                gradient[^1] += questions[r].Weight * error;
            }
            adam.Step(gradient);
            KeepSigns(adam.Weights);
        }
        var confidence = scale.Undo(adam.Weights[..^1], adam.Weights[^1]);
        return new GroundingModel(ranking, confidence, OperatingPoint([.. tables.Select(t => Sigmoid(confidence.Score(t)))], questions));
    }

    public static double Confidence(ReadEvidence evidence, GroundingModel model)
        => Sigmoid(model.Confidence.Score(Row(evidence, model.Ranking)));

    /// <summary>A feature that speaks for an answer never counts against one, whatever a few hundred questions suggest.</summary>
    private static void KeepSigns(double[] weights)
    {
        for (var i = 0; i < ConfidenceFeatures.Count; i++)
            weights[i] = ConfidenceFeatures.Against.Contains(ConfidenceFeatures.Names[i])
                ? Math.Min(0, weights[i])
                : Math.Max(0, weights[i]);
    }

    private static double OperatingPoint(double[] confidences, IReadOnlyList<TrainingQuestion> questions)
    {
        var answerable = questions.Zip(confidences).Where(q => q.First.Gold.Count > 0).OrderBy(q => q.Second).ToList();
        var left = GivenUp * answerable.Sum(q => q.First.Weight);
        return Math.Round(answerable.First(q => (left -= q.First.Weight) < 0).Second, 3);
    }

    private static double[] Row(ReadEvidence evidence, LinearModel ranking)
    {
        var row = new double[ConfidenceFeatures.Count];
        if (evidence.Candidates.Length > 0)
            ConfidenceFeatures.Write(RankedEvidence.Rank(evidence, ranking), row);
        return row;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
