using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>What one model was asked and did since the process began.</summary>
internal sealed class ModelMeter
{
    public Histogram Duration { get; } = new();

    public Histogram FirstByte { get; } = new();

    /// <summary>By code.</summary>
    public ConcurrentDictionary<string, long> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>null before the first.</summary>
    public LastFailure? LastFailure { get; private set; }

    public void Failed(CairnException failure, DateTimeOffset at)
    {
        Failures.AddOrUpdate(failure.Code, 1, static (_, n) => n + 1);
        LastFailure = new(failure.Code, failure.Message, at);
    }
}
