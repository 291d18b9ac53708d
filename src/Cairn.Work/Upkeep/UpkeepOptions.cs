namespace Cairn.Work;

public sealed record UpkeepOptions
{
    /// <summary>From one upkeep to the next.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(1);

    /// <summary>From a workspace's first start to its first upkeep.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a finished job is kept.</summary>
    public TimeSpan Jobs { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// A blob that nothing refers to is kept so long after it was last put: who put it may still be about to refer to it.
    /// </summary>
    public TimeSpan Blobs { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A reader of the change feed that said nothing for so long is taken for gone.</summary>
    public TimeSpan Readers { get; init; } = TimeSpan.FromDays(30);
}
