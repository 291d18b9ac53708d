using System.Globalization;

namespace Cairn.Training;

/// <summary>
/// What the trainings of this process take together, by their estimates: what one has claimed no other one counts on, also before it is
/// really taken.
/// </summary>
internal sealed class TrainingMemory(TrainingOptions options)
{
    private readonly Lock gate = new();
    private readonly List<MemoryClaim> claims = [];
    private long whole;

    /// <summary>Bytes that another training could claim now.</summary>
    public double Room
    {
        get
        {
            lock (gate)
                return Free();
        }
    }

    /// <summary>Bytes that a training could claim if no other one ran.</summary>
    public long Whole
    {
        get
        {
            lock (gate)
                return claims.Count == 0 ? Available() : whole;
        }
    }

    /// <returns>null where it does not fit beside those that run.</returns>
    public MemoryClaim? TryClaim(string model, double bytes)
    {
        lock (gate)
        {
            if (bytes > Free())
                return null;
            if (claims.Count == 0)
                whole = Available();
            var claim = new MemoryClaim(model, bytes, Release);
            claims.Add(claim);
            return claim;
        }
    }

    /// <summary>Why one of so many bytes waits.</summary>
    public string Waiting(double bytes)
    {
        lock (gate)
        {
            return $"waits for memory: it would take about {MemoryEstimate.Text(bytes)}, {MemoryEstimate.Text(Free())} are left beside "
                + string.Join(" and ", claims.Select(c => $"{c.Model} ({MemoryEstimate.Text(c.Bytes)})"));
        }
    }

    // What runs may have taken what it claimed already or not yet, so that the machine's own figure alone would say too much or count it
    // twice.
    private double Free() => claims.Count == 0 ? Available() : Math.Max(0, Math.Min(whole - claims.Sum(c => c.Bytes), Available()));

    private void Release(MemoryClaim claim)
    {
        lock (gate)
            claims.Remove(claim);
    }

    private long Available()
    {
        if (options.MostMemory is { } most)
            return most;
        var memory = GC.GetGCMemoryInfo();
        var left = Math.Max(0, memory.TotalAvailableMemoryBytes - Math.Max(memory.MemoryLoadBytes, Environment.WorkingSet));
        return Math.Min(left, FreeOfLinux() ?? left);
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
