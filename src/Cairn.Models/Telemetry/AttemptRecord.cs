namespace Cairn.Models;

/// <summary>One attempt of a call at one model, as it went. Times are since the call's begin.</summary>
public sealed class AttemptRecord
{
    public required ModelName Model { get; init; }

    /// <summary>Where it is another than its call's.</summary>
    public string? Operation { get; init; }

    public required TimeSpan Began { get; init; }

    public TimeSpan Took { get; internal set; }

    /// <summary>Since the attempt's begin; null when nothing came.</summary>
    public TimeSpan? FirstByte { get; internal set; }

    /// <summary>An error's code, <c>cancelled</c>, or null when it ended well.</summary>
    public string? Error { get; internal set; }

    public CallUsage Usage { get; internal set; }

    /// <summary>The provider did not say what it used: <see cref="Usage"/> is an upper bound.</summary>
    public bool UsageEstimated { get; internal set; }

    /// <summary>US dollars; null when unknown or nothing counts it.</summary>
    public decimal? Cost { get; internal set; }

    /// <summary>Asked beside another that was slow to begin.</summary>
    public bool Hedged { get; init; }
}
