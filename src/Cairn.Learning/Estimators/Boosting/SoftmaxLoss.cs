namespace Cairn.Learning;

/// <summary>Several classes: a score each, turned into probabilities by softmax.</summary>
internal sealed class SoftmaxLoss(int[] labels, int classes) : BoostingLoss
{
    // The probabilities of all classes, by class and row: made once per round, when the first class is asked for.
    private readonly double[][] probabilities = [.. Enumerable.Range(0, classes).Select(_ => new double[labels.Length])];

    public override int Outputs => classes;

    public override double[] Baseline()
    {
        var counts = new double[classes];
        foreach (var label in labels)
            counts[label]++;
        var logs = Array.ConvertAll(counts, c => Math.Log(Math.Max(c, 1e-9) / labels.Length));
        var mean = logs.Average();
        return Array.ConvertAll(logs, l => l - mean);
    }

    public override void Gradients(double[][] scores, int output, Span<double> first, Span<double> second)
    {
        if (output == 0)
            Refresh(scores);
        var ours = probabilities[output];
        for (var i = 0; i < ours.Length; i++)
        {
            first[i] = ours[i] - (labels[i] == output ? 1 : 0);
            second[i] = ours[i] * (1 - ours[i]);
        }
    }

    public override double Mean(double[][] scores)
    {
        Refresh(scores);
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
            sum -= Math.Log(Math.Max(probabilities[labels[i]][i], 1e-300));
        return sum / labels.Length;
    }

    private void Refresh(double[][] scores) => Cores.Split(labels.Length, labels.Length * classes > 20_000, (from, to) =>
    {
        for (var i = from; i < to; i++)
        {
            var greatest = double.NegativeInfinity;
            for (var k = 0; k < classes; k++)
                greatest = Math.Max(greatest, scores[k][i]);
            var sum = 0.0;
            for (var k = 0; k < classes; k++)
                sum += probabilities[k][i] = Math.Exp(scores[k][i] - greatest);
            for (var k = 0; k < classes; k++)
                probabilities[k][i] /= sum;
        }
    });
}
