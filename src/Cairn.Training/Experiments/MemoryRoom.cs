namespace Cairn.Training;

/// <summary>What memory there was for a training when it asked.</summary>
/// <param name="Now">Bytes that it could claim beside those that run.</param>
/// <param name="Alone">Bytes that it could claim at most if no other one ran; the same where none does.</param>
/// <param name="Others">Those that run, with what they have claimed; empty where none does.</param>
internal sealed record MemoryRoom(double Now, double Alone, string Others)
{
    /// <summary>Why one of so many bytes waits for the others.</summary>
    public string Waiting(double bytes)
        => $"waits for memory: it would take about {MemoryEstimate.Text(bytes)}, {MemoryEstimate.Text(Now)} are left beside {Others}";
}
