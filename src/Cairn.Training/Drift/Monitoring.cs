using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What a version served, and how its rows differ from training.</summary>
public sealed record Monitoring
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    /// <summary>The first hour that is counted.</summary>
    public required DateTimeOffset Since { get; init; }

    public required long Calls { get; init; }

    public required long Rows { get; init; }

    public required long Refused { get; init; }

    public required long Failed { get; init; }

    /// <summary>Half of the calls took no longer, in milliseconds within the server; an upper bound from bins.</summary>
    public required double? MedianMilliseconds { get; init; }

    public required double? SlowestMilliseconds95 { get; init; }

    public required ImmutableArray<FieldDrift> Fields { get; init; }

    /// <summary>Calls by hour, oldest first; hours without any are left out.</summary>
    public required ImmutableArray<HourServed> Hours { get; init; }
}
