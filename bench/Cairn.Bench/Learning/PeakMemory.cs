using System.Globalization;

namespace Cairn.Bench;

/// <summary>
/// What a computation takes on top of what is resident before it, by Linux's own mark of the highest resident size; Python peers read the
/// same mark.
/// </summary>
internal static class PeakMemory
{
    /// <returns>MiB.</returns>
    public static double Growth(Action body)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // Sets the mark to what is resident now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Mark();
        body();
        return Mark() - before;
    }

    /// <summary>A figure and a bar for what Cairn takes beside a peer, both in MiB.</summary>
    public static void Report(string name, string peer, double ours, double theirs)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"{name}: {ours:0.0} MiB on top of the data, {peer} {theirs:0.0} MiB"));
        Bar.AtMost($"learning.{name}-memory.{peer}", ours / Math.Max(theirs, 0.1), "x", 1);
    }

    private static double Mark()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
