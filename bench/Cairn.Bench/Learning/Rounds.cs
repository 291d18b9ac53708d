using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>Best of several: what a computation takes when nothing else has the machine.</summary>
internal static class Rounds
{
    /// <returns>Milliseconds.</returns>
    public static double Best(int rounds, Action body)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            body();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return best;
    }
}
