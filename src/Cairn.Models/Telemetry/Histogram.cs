namespace Cairn.Models;

/// <summary>
/// Counts what is measured in the buckets of the GenAI conventions: durations, or tokens. Adding is two interlocked additions.
/// </summary>
internal sealed class Histogram
{
    /// <summary>Seconds: 0.01, doubling to 81.92.</summary>
    public static readonly double[] Bounds = [.01, .02, .04, .08, .16, .32, .64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    /// <summary>Tokens: 1, four times each.</summary>
    public static readonly double[] TokenBounds =
        [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    private readonly double[] _bounds;
    private readonly double _parts;
    private readonly long[] _counts;
    private long _sum;

    public Histogram()
        : this(Bounds, TimeSpan.TicksPerSecond)
    {
    }

    private Histogram(double[] bounds, double parts) => (_bounds, _parts, _counts) = (bounds, parts, new long[bounds.Length + 1]);

    public static Histogram OfTokens() => new(TokenBounds, 1);

    public IReadOnlyList<double> UpperBounds => _bounds;

    public void Add(TimeSpan time) => Add(time.TotalSeconds, time.Ticks);

    public void Add(long tokens) => Add(tokens, tokens);

    /// <summary>Seconds, or tokens.</summary>
    public double Sum => Interlocked.Read(ref _sum) / _parts;

    /// <summary>One more than there are bounds; not cumulated.</summary>
    public long[] Counts
    {
        get
        {
            var copy = new long[_counts.Length];
            for (var i = 0; i < copy.Length; i++)
                copy[i] = Interlocked.Read(ref _counts[i]);
            return copy;
        }
    }

    private void Add(double value, long part)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sum, part);
    }
}
