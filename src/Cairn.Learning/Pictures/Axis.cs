using System.Collections.Immutable;

namespace Cairn.Learning;

/// <summary>What one side of a plot measures.</summary>
public sealed record Axis
{
    public string? Label { get; init; }

    /// <summary>Names at 0, 1, 2 …; empty for numbers.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Powers of ten at equal distances; only values over zero can be shown.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>From where; what the layers need when left out.</summary>
    public double? From { get; init; }

    public double? To { get; init; }

    public static implicit operator Axis(string label) => new() { Label = label };
}
