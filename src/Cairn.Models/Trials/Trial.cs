namespace Cairn.Models;

/// <summary>How one model answered.</summary>
public sealed record Trial
{
    /// <summary>As it was named.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>provider/model</c> that answered; null when none did.</summary>
    public string? Model { get; init; }

    /// <summary>null when it failed.</summary>
    public string? Text { get; init; }

    /// <summary>Of the whole reply, or until it failed.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>Until the first content; null when none came.</summary>
    public double? FirstMilliseconds { get; init; }

    /// <summary>As the provider says; null when it does not.</summary>
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>null when the price or the tokens are not known.</summary>
    public decimal? CostUsd { get; init; }

    public TrialFailure? Error { get; init; }
}
