namespace Cairn.Training;

/// <summary>The memory of one training: taken once, given back at its end.</summary>
internal sealed class TrainingPlace(TrainingMemory memory, Recipe recipe) : IDisposable
{
    private MemoryClaim? claim;
    private MemoryRoom? room;

    /// <returns>
    /// Why it waits for others; null where it has its memory, or where that cannot ever be there (<see cref="Require"/> says so with the
    /// rows at hand).
    /// </returns>
    public string? Take(double bytes)
    {
        if (claim is not null)
            return null;
        claim = memory.TryClaim(recipe.Name, bytes, out room);
        return claim is null && bytes <= room.Alone ? room.Waiting(bytes) : null;
    }

    /// <exception cref="CairnException">More than the machine has; the message has the estimate.</exception>
    /// <exception cref="MemoryBusyException">Other trainings have it now.</exception>
    public void Require(TrainingTable table)
    {
        var bytes = MemoryEstimate.Of(table, recipe);
        if (Take(bytes) is { } waits)
            throw new MemoryBusyException(bytes, waits);
        if (claim is null)
            throw MemoryEstimate.Refusal(table, recipe, bytes, room!.Alone);
    }

    public void Dispose() => claim?.Dispose();
}
