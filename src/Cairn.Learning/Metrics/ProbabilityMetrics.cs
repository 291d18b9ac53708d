namespace Cairn.Learning;

/// <summary>Figures over predicted probabilities.</summary>
public static class ProbabilityMetrics
{
    // Shares that were summed may be off by this much.
    private const double Rounding = 1e-6;

    private const double Tiny = 2.220446049250313e-16;

    /// <summary>
    /// The mean negative logarithm of the probability given to what was so; classes are 0 and 1. Probabilities of 0 and 1 count as 2e-16
    /// away.
    /// </summary>
    public static double LogLoss(ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilityOfOne)
    {
        RequireProbabilities("log loss", actual, probabilityOfOne);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            var p = Math.Clamp(probabilityOfOne[i], Tiny, 1 - Tiny);
            sum -= Math.Log(actual[i] == 1 ? p : 1 - p);
        }
        return sum / actual.Length;
    }

    /// <summary>
    /// The same over several classes: <paramref name="actual"/> holds column positions of <paramref name="probabilities"/>.
    /// </summary>
    public static double LogLoss(ReadOnlySpan<int> actual, NdArray<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        Pairs.Require("log loss", actual.Length, probabilities.Length);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            var row = probabilities.Row(i);
            if ((uint)actual[i] >= (uint)row.Length)
                throw new BadInputException(
                    $"log loss: row {i} has the class {actual[i]}, but there are {row.Length} columns of probabilities.") { Row = i };
            foreach (var p in row)
            {
                if (p is not (>= -Rounding and <= 1 + Rounding))
                    throw new BadInputException($"log loss: row {i} has {p}; a probability lies from 0 to 1.") { Row = i };
            }
            sum -= Math.Log(Math.Clamp(row[actual[i]], Tiny, 1 - Tiny));
        }
        return sum / actual.Length;
    }

    /// <summary>The mean squared distance of the probability of class 1 from what was so (Brier, 1950).</summary>
    public static double Brier(ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilityOfOne)
    {
        RequireProbabilities("brier", actual, probabilityOfOne);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
            sum += (probabilityOfOne[i] - actual[i]) * (probabilityOfOne[i] - actual[i]);
        return sum / actual.Length;
    }

    internal static void RequireProbabilities(string metric, ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilities)
    {
        Pairs.RequireBinary(metric, actual, probabilities);
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] is < 0 or > 1)
                throw new BadInputException($"{metric}: row {i} is {probabilities[i]}; a probability lies from 0 to 1.") { Row = i };
        }
    }
}
