namespace Cairn.Learning;

/// <summary>
/// Refuses what would not fit into memory before any of it is taken: a machine that runs out would stop somebody else's work.
/// </summary>
internal static class MemoryNeed
{
    // Asking what is free costs more than a small array.
    private const long Noticeable = 256L << 20;

    /// <param name="bytes">A double, as what is multiplied out of sizes may be more than any whole number holds.</param>
    /// <param name="what">What needs it, with its size.</param>
    /// <param name="available">Bytes that are there for it; null: what this process may have, less what it holds.</param>
    /// <exception cref="InsufficientMemoryException">It does not fit; the message has the estimate.</exception>
    internal static void Require(double bytes, Func<string> what, string mends, long? available = null)
    {
        if (available is { } there)
            Require(bytes, what, mends, there, _ => 0);
        else if (bytes >= Noticeable)
            Require(bytes, what, mends, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, GC.GetTotalMemory);
    }

    /// <param name="total">Bytes that this process may have.</param>
    /// <param name="held">Bytes that it holds, with its garbage, or (true) without: a collection, which only a refusal is worth.</param>
    internal static void Require(double bytes, Func<string> what, string mends, long total, Func<bool, long> held)
    {
        if (bytes <= total - held(false))
            return;
        var there = Math.Max(0, total - held(bytes <= total));
        if (bytes > there)
            throw new InsufficientMemoryException($"{what()} needs {bytes / 1048576:N0} MiB, and {there >> 20:N0} MiB are there; {mends}.");
    }
}
