namespace Cairn.Models;

public sealed record MicroBatchOptions
{
    /// <summary>The most texts of one call to the provider.</summary>
    public int MaxTexts { get; init; } = 96;

    /// <summary>How long the first text of a batch waits for others.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Calls to the provider at the same time.</summary>
    public int MaxConcurrent { get; init; } = 4;

    /// <summary>Callers that may wait; the next ones wait for a place.</summary>
    public int MaxWaiting { get; init; } = 1_024;
}
