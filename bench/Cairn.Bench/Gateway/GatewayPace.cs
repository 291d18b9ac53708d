using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// Calls at an even rate, one after another: each connection is a thread of its own that sleeps until its next call is due, sends it, and
/// waits for the reply. What is measured is the reply's time and not the generator's: a burst would make calls wait for each other, and a
/// timer of the runtime begins them in bursts of a millisecond.
/// </summary>
internal static class GatewayPace
{
    public static Latencies Measure(GatewayTarget target, int connections, double rate, double seconds)
    {
        var times = new List<double>[connections];
        Exception? failure = null;
        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        var threads = Enumerable.Range(0, connections).Select(i => new Thread(() =>
        {
            try
            {
                times[i] = Run(target, start + (long)(i / rate * Stopwatch.Frequency), connections / rate, seconds);
            }
            catch (Exception e)
            {
                failure = e;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (failure is not null)
            throw new BenchException($"{target.Name}: {failure.Message}");
        return Latencies.Of(times.SelectMany(t => t));
    }

    /// <returns>Milliseconds from when a call was sent, or from when it was due where the one before it was not answered in time.</returns>
    private static List<double> Run(GatewayTarget target, long due, double interval, double seconds)
    {
        LinuxClock.WakeAtOnce();
        using var connection = new GatewayConnection(target, stream: false);
        var times = new List<double>((int)(seconds / interval) + 1);
        var step = (long)(interval * Stopwatch.Frequency);
        for (var end = due + (long)(seconds * Stopwatch.Frequency); due < end; due += step)
        {
            var begun = due;
            if (Stopwatch.GetTimestamp() < due)
            {
                for (long now; (now = Stopwatch.GetTimestamp()) < due;)
                    LinuxClock.Sleep(Stopwatch.GetElapsedTime(now, due));
                begun = Stopwatch.GetTimestamp();
            }
            connection.Call();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return times;
    }
}
