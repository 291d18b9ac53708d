using System.Diagnostics;

namespace Cairn.Models;

/// <summary>One call through the gateway, as it went: what traces and metrics are made of. Holds no texts.</summary>
public sealed class CallRecord
{
    private readonly List<AttemptRecord> _attempts = new(1);

    public required ActivityTraceId Trace { get; init; }

    /// <summary>The caller's own span, below which an export puts the call; without an identifier where the caller told none.</summary>
    public ActivityContext Parent { get; init; }

    public required CallOrigin Origin { get; init; }

    /// <summary>
    /// The GenAI conventions' operation, <c>chat</c> or <c>embeddings</c>; or <c>count_tokens</c>, for which they have no word.
    /// </summary>
    public required string Operation { get; init; }

    /// <summary>null for a call from inside.</summary>
    public required WireProtocol? Protocol { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>What the caller named.</summary>
    public string Model { get; set; } = "";

    /// <summary>The declared route that was called; null where the caller named a model itself, or nothing that is there.</summary>
    public string? Route { get; internal set; }

    public bool Streamed { get; internal set; }

    public bool CacheHit { get; internal set; }

    /// <summary>How far the question was from the one whose reply it got; null for an equal one's, and without a hit.</summary>
    public double? CacheDistance { get; internal set; }

    /// <summary><c>hit</c>, <c>similar</c> or <c>none</c>.</summary>
    public string CacheState => CacheDistance is not null ? "similar" : CacheHit ? "hit" : "none";

    /// <summary>Who wrote an app's answer, as far as it is known when the reply begins.</summary>
    public string? Writer { get; private set; }

    /// <summary>Why an app's floor wrote it.</summary>
    public string? Degraded { get; private set; }

    public TimeSpan Took { get; internal set; }

    public string? Error { get; set; }

    /// <summary>In the order they began.</summary>
    public IReadOnlyList<AttemptRecord> Attempts => _attempts;

    /// <summary>Attempts at models beyond the first, those of the cache's vectors aside.</summary>
    internal int Fallbacks
    {
        get
        {
            var attempts = 0;
            foreach (var attempt in _attempts)
                attempts += attempt.Operation is null ? 1 : 0;
            return Math.Max(0, attempts - 1);
        }
    }

    internal void Tell(Microsoft.Extensions.AI.AdditionalPropertiesDictionary? of)
    {
        if (of is null)
            return;
        Writer = of.GetValueOrDefault(IAppModels.Writer) as string;
        Degraded = of.GetValueOrDefault(IAppModels.Degraded) as string;
    }

    internal void Add(AttemptRecord attempt)
    {
        lock (_attempts)
            _attempts.Add(attempt);
    }
}
