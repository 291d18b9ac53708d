namespace Cairn.Bench;

/// <summary>Milliseconds.</summary>
internal readonly record struct Latencies(double P50, double P99)
{
    public static Latencies Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return new(sorted[sorted.Length / 2], sorted[(int)(sorted.Length * .99)]);
    }

    /// <summary>What these are longer than others.</summary>
    public Latencies Over(Latencies other) => new(P50 - other.P50, P99 - other.P99);

    public static Latencies Median(IReadOnlyCollection<Latencies> rounds)
    {
        return new(Middle(rounds.Select(r => r.P50)), Middle(rounds.Select(r => r.P99)));

        double Middle(IEnumerable<double> values) => values.Order().ElementAt(rounds.Count / 2);
    }

    public override string ToString() => FormattableString.Invariant($"p50 {P50:0.000} p99 {P99:0.000} ms");
}
