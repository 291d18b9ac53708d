using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>What one model was asked and did since the process began.</summary>
internal sealed class ModelMeter
{
    private long _input;
    private long _output;

    public Histogram Duration { get; } = new();

    public Histogram FirstByte { get; } = new();

    public long InputTokens => Interlocked.Read(ref _input);

    public long OutputTokens => Interlocked.Read(ref _output);

    /// <summary>By code.</summary>
    public ConcurrentDictionary<string, long> Failures { get; } = new(StringComparer.Ordinal);

    public void Used(CallUsage usage)
    {
        Interlocked.Add(ref _input, usage.Input);
        Interlocked.Add(ref _output, usage.Output);
    }

    /// <summary>null before the first.</summary>
    public LastFailure? LastFailure { get; private set; }

    public void Failed(CairnException failure, DateTimeOffset at)
    {
        Failures.AddOrUpdate(failure.Code, 1, static (_, n) => n + 1);
        LastFailure = new(failure.Code, failure.Message, at);
    }
}
