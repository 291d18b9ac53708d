namespace Cairn.Training.Tests;

/// <summary>A machine of some bytes, part of which a process is done with and has not collected.</summary>
internal sealed class GarbageMeter(long total, long garbage) : IMemoryMeter
{
    private long _garbage = garbage;

    public int Collections { get; private set; }

    public long Total => total;

    public long Free() => total - _garbage;

    public void Collect()
    {
        Collections++;
        _garbage = 0;
    }
}
