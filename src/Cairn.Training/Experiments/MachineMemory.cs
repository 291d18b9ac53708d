using System.Globalization;

namespace Cairn.Training;

/// <summary>The memory of the machine, or of the container that this process runs in.</summary>
internal sealed class MachineMemory : IMemoryMeter
{
    public long Total => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public long Free()
    {
        var memory = GC.GetGCMemoryInfo();
        var left = Math.Max(0, memory.TotalAvailableMemoryBytes - Math.Max(memory.MemoryLoadBytes, Environment.WorkingSet));
        return Math.Min(left, FreeOfLinux() ?? left);
    }

    public void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // A collection notes what is taken as it begins: only the next one sees what this one gave back.
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
    }

    /// <summary>
    /// What the kernel would give without swapping: the runtime knows what other programs take only after its first collection.
    /// </summary>
    /// <returns>null where it is not said.</returns>
    private static long? FreeOfLinux()
    {
        const string file = "/proc/meminfo";
        if (!File.Exists(file)
            || File.ReadLines(file).FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal)) is not { } line)
            return null;
        return long.TryParse(line.AsSpan("MemAvailable:".Length).Trim(" kB"), CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes * 1024 : null;
    }
}
