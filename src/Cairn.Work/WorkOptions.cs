namespace Cairn.Work;

public sealed record WorkOptions
{
    /// <summary>How many jobs run at the same time in this process.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>How long a worker may be silent before its job goes to another one; it speaks three times as often.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time between two writes of a job's progress.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause before the second attempt; it doubles with each further one, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often in a row a job may take its process down before it is given up.</summary>
    public int MostLostLeases { get; init; } = 100;
}
