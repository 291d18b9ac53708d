using System.Globalization;

namespace Cairn.Bench;

/// <summary>What a computation takes on top of what is resident before it, by Linux's own mark of the highest resident size; Python peers read the same mark.</summary>
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

    private static double Mark()
        => double.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
}
