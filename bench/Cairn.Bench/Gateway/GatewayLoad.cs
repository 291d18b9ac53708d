using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>A small HTTP/1.1 load generator over kept-alive connections: what it costs is the same for every target.</summary>
internal static class GatewayLoad
{
    /// <returns>Calls per second of a closed loop.</returns>
    public static async Task<double> RunAsync(GatewayTarget target, bool stream, int connections, double seconds)
    {
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new GatewayConnection(target, stream);
            var count = 0L;
            while (Stopwatch.GetTimestamp() < until)
            {
                await connection.CallAsync();
                count++;
            }
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static async Task CountAsync(GatewayTarget target, bool stream, int connections, int requests)
    {
        var left = requests;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new GatewayConnection(target, stream);
            while (Interlocked.Decrement(ref left) >= 0)
                await connection.CallAsync();
        })));
    }
}
