namespace Cairn.Training;

/// <summary>The memory of one training: taken once, given back at its end.</summary>
internal sealed class TrainingPlace(TrainingMemory memory, Recipe recipe) : IDisposable
{
    private MemoryClaim? claim;

    /// <returns>Whether it is there, or cannot ever be (<see cref="Require"/> says so with the rows at hand).</returns>
    public bool TryTake(double bytes)
    {
        claim ??= memory.TryClaim(recipe.Name, bytes);
        return claim is not null || bytes > memory.Whole;
    }

    /// <exception cref="CairnException">More than the machine has; the message has the estimate.</exception>
    /// <exception cref="MemoryBusyException">Other trainings have it now.</exception>
    public void Require(TrainingTable table)
    {
        var bytes = MemoryEstimate.Of(table, recipe);
        if (!TryTake(bytes))
            throw new MemoryBusyException(bytes);
        if (claim is null)
            throw MemoryEstimate.Refusal(table, recipe, bytes, memory.Room);
    }

    public void Dispose() => claim?.Dispose();
}
