namespace Cairn.Training;

/// <summary>What memory there is for trainings, without regard to what they have claimed.</summary>
internal interface IMemoryMeter
{
    /// <summary>Bytes that there are at all: always the same.</summary>
    long Total { get; }

    /// <summary>Bytes that are free now; what this process is done with and has not collected yet is not among them.</summary>
    long Free();

    /// <summary>Collects that, and gives it back to the machine.</summary>
    void Collect();
}
