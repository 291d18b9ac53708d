namespace Cairn.Models;

/// <summary>US dollars per million tokens from a day on.</summary>
public sealed record ModelPrice
{
    public required DateOnly From { get; init; }

    public required decimal Input { get; init; }

    public required decimal Output { get; init; }

    /// <summary>Input read from the provider's cache; <see cref="Input"/> when the provider has no price for it.</summary>
    public decimal? CacheRead { get; init; }

    public decimal? CacheWrite { get; init; }

    /// <summary>Reasoning tokens; <see cref="Output"/> when the provider has no price for them.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>The most that these tokens can cost, however the provider divides them over its cache and its reasoning.</summary>
    public decimal AtMost(CallUsage usage)
        => (usage.Input * Math.Max(Input, Math.Max(CacheRead ?? 0, CacheWrite ?? 0)) + usage.Output * Math.Max(Output, Reasoning ?? 0))
            / 1_000_000m;

    public decimal CostOf(CallUsage usage)
        => ((usage.Input - usage.CacheRead - usage.CacheWrite) * Input
            + usage.CacheRead * (CacheRead ?? Input)
            + usage.CacheWrite * (CacheWrite ?? Input)
            + (usage.Output - usage.Reasoning) * Output
            + usage.Reasoning * (Reasoning ?? Output)) / 1_000_000m;
}
