using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What a version served within one hour, or several.</summary>
public sealed record ServedCounts
{
    /// <summary>The upper ends of <see cref="Latencies"/> in microseconds; the last bin has no end.</summary>
    internal static readonly ImmutableArray<long> LatencyEnds =
    [
        50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 102_400, 409_600, 1_638_400,
    ];

    public long Calls { get; init; }

    public long Rows { get; init; }

    /// <summary>Calls whose input was refused.</summary>
    public long Refused { get; init; }

    /// <summary>Calls that failed though their input was right.</summary>
    public long Failed { get; init; }

    public ImmutableArray<long> Latencies { get; init; } = [.. new long[LatencyEnds.Length + 1]];

    /// <summary>By the profile's fields; empty where nothing was predicted.</summary>
    public ImmutableArray<FieldCounts> Fields { get; init; } = [];

    internal ServedCounts Plus(ServedCounts other) => new()
    {
        Calls = Calls + other.Calls,
        Rows = Rows + other.Rows,
        Refused = Refused + other.Refused,
        Failed = Failed + other.Failed,
        Latencies = [.. Latencies.Zip(other.Latencies, (a, b) => a + b)],
        Fields = Fields.IsEmpty ? other.Fields : other.Fields.IsEmpty ? Fields : [.. Fields.Zip(other.Fields, (a, b) => a.Plus(b))],
    };

    internal static int LatencyBin(double microseconds)
    {
        var at = LatencyEnds.BinarySearch((long)microseconds);
        return at >= 0 ? at : ~at;
    }
}
