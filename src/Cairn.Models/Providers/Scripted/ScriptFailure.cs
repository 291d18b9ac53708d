namespace Cairn.Models;

/// <summary>How a scripted turn fails.</summary>
public sealed record ScriptFailure
{
    public required ScriptFailureKind Kind { get; init; }

    /// <summary>Characters of the reply that are streamed before the failure.</summary>
    public int After { get; init; }

    /// <summary>For <see cref="ScriptFailureKind.Status"/>.</summary>
    public int StatusCode { get; init; }

    /// <summary>For <see cref="ScriptFailureKind.Status"/>: how long it asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
