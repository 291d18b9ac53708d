namespace Cairn.Models;

/// <summary>Counts durations in the buckets of the GenAI conventions: 0.01 s, doubling to 81.92 s. Adding is two interlocked additions.</summary>
internal sealed class Histogram
{
    public static readonly double[] Bounds = [.01, .02, .04, .08, .16, .32, .64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _ticks;

    public void Add(TimeSpan time)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && time.TotalSeconds > Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, time.Ticks);
    }

    public double Seconds => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds;

    /// <summary>One more than there are <see cref="Bounds"/>; not cumulated.</summary>
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
}
