using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>Holds what was served against the training rows.</summary>
internal static class DriftMeasure
{
    // Below so many rows chance alone moves the index beyond its thresholds.
    private const long FewestRows = 200;
    private const double LeastShare = 1e-4;

    public static ImmutableArray<FieldDrift> Of(DataProfile profile, ServedCounts served)
        => [.. profile.Fields.Select((field, i) => Of(field, served.Fields.IsEmpty ? null : served.Fields[i], served.Rows))];

    /// <summary>
    /// Population stability index: the sum over bins of (now - before) ln(now / before), an empty bin counting as a ten-thousandth.
    /// </summary>
    public static double Stability(IReadOnlyList<double> before, IReadOnlyList<long> now)
    {
        double total = now.Sum();
        return before.Zip(now, (b, n) =>
        {
            var (expected, actual) = (Math.Max(b, LeastShare), Math.Max(n / total, LeastShare));
            return (actual - expected) * Math.Log(actual / expected);
        }).Sum();
    }

    /// <summary>The upper end in milliseconds of the bin in which the share lies; null without calls.</summary>
    public static double? Latency(ServedCounts served, double share)
    {
        var total = served.Latencies.Sum();
        if (total == 0)
            return null;
        long seen = 0;
        for (var i = 0; i < served.Latencies.Length; i++)
        {
            seen += served.Latencies[i];
            if (seen >= share * total)
                return ServedCounts.LatencyEnds[Math.Min(i, ServedCounts.LatencyEnds.Length - 1)] / 1000.0;
        }
        return null;
    }

    private static FieldDrift Of(FieldProfile field, FieldCounts? counts, long rows)
    {
        if (counts is null || rows == 0)
            return new(field.Name, field.Kind, null, field.Missing, 0, 0, [], DriftState.Unknown);
        var present = counts.Bins.Sum();
        double? stability = field.Bins > 1 && present > 0 ? Stability(field.Shares, counts.Bins) : null;
        var (missing, fresh) = ((double)counts.Missing / rows, (double)counts.New / rows);
        var more = Math.Max(missing - field.Missing, fresh);
        var state = rows < FewestRows ? DriftState.Unknown
            : stability > 0.25 || more > 0.2 ? DriftState.Drifted
            : stability > 0.1 || more > 0.05 ? DriftState.Moving
            : DriftState.Stable;
        return new(field.Name, field.Kind, stability, field.Missing, missing, fresh, counts.NewNames, state);
    }
}
