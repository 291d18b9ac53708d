namespace Cairn.Training;

/// <summary>As many bytes as the options say, whatever the machine has.</summary>
internal sealed class FixedMemory(long bytes) : IMemoryMeter
{
    public long Total => bytes;

    public long Free() => bytes;

    public void Collect()
    {
        // What is free depends on claims only.
    }
}
