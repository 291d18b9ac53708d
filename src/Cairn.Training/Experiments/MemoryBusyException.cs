namespace Cairn.Training;

/// <summary>A training fits into memory, but not beside those that run; it is tried again when they have ended.</summary>
/// <param name="waits">What it waits for.</param>
internal sealed class MemoryBusyException(double bytes, string waits) : Exception(waits)
{
    /// <summary>What it would take.</summary>
    public double Bytes => bytes;
}
