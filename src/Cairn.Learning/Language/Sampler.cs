namespace Cairn.Learning;

/// <summary>Draws tokens from scores.</summary>
public static class Sampler
{
    /// <summary>Draws one token.</summary>
    /// <param name="seen">The tokens so far, for the repetition penalty.</param>
    /// <exception cref="ArgumentException">A score is NaN, or an option makes no sense.</exception>
    public static int Draw(ReadOnlySpan<float> scores, IEnumerable<int> seen, SamplingOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (scores.IsEmpty || options.Temperature < 0 || options.TopK < 1 || options.TopP is not (> 0 and <= 1)
            || options.RepetitionPenalty <= 0)
            throw new ArgumentException($"There are {scores.Length} scores, and the options are {options}.", nameof(options));
        var logits = scores.ToArray();
        foreach (var token in seen.Distinct().Where(_ => options.RepetitionPenalty != 1))
            logits[token] = (float)(logits[token] > 0 ? logits[token] / options.RepetitionPenalty
                : logits[token] * options.RepetitionPenalty);
        if (logits.Any(float.IsNaN))
            throw new ArgumentException("A score is NaN: the model is damaged or its training diverged.", nameof(scores));
        if (options.Temperature == 0)
            return Array.IndexOf(logits, logits.Max());
        var order = Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).Take(options.TopK ?? logits.Length).ToArray();
        var weights = order.Select(i => Math.Exp((logits[i] - logits[order[0]]) / options.Temperature)).ToArray();
        return order[random.Choice(weights.AsSpan(0, Nucleus(weights, options.TopP)))];
    }

    /// <summary>How many of the falling weights reach the share; at least one.</summary>
    private static int Nucleus(double[] weights, double share)
    {
        if (share >= 1)
            return weights.Length;
        var (wanted, sum, count) = (share * weights.Sum(), 0.0, 0);
        while (count < weights.Length && sum < wanted)
            sum += weights[count++];
        return Math.Max(1, count);
    }
}
