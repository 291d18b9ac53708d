namespace Cairn.Training;

/// <summary>A training fits into memory, but not beside those that run; it is tried again when they have ended.</summary>
internal sealed class MemoryBusyException(double bytes) : Exception("The memory is taken by other trainings.")
{
    /// <summary>What it would take.</summary>
    public double Bytes => bytes;
}
