namespace Cairn.Training;

public sealed record TrainingOptions
{
    /// <summary>How often the rounds of an estimator that learns round by round are kept for the time after a crash.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often curves are written while a model learns.</summary>
    public TimeSpan WriteEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a training that waits for the memory of others looks again.</summary>
    public TimeSpan MemoryEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that all trainings may take together; null: what the machine has left.</summary>
    public long? MostMemory { get; init; }

    /// <summary>How often what was served is written.</summary>
    public TimeSpan CountEvery { get; init; } = TimeSpan.FromSeconds(5);
}
