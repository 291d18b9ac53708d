namespace Cairn.Learning;

/// <summary>What a fit of boosted trees tells and where it goes on from.</summary>
internal sealed class BoostingFollower
{
    private const string Part = "ensemble";
    private BoostedTrees? running;

    public Action<FitRound>? Observer { get; set; }

    /// <summary>Rounds learned before; the next fit takes them away.</summary>
    public BoostedTrees? Earlier { get; set; }

    public bool IsObserved => Observer is not null;

    public void OnRound(BoostedTrees model, FitRound round)
    {
        running = model;
        Observer?.Invoke(round);
    }

    public void Save(Stream stream)
        => ModelFile.Write(stream, new Dictionary<string, object> { [Part] = running ?? throw new InvalidOperationException("Boosting: no round is learned yet.") });

    public void Resume(Stream stream)
        => Earlier = ModelFile.Read(stream).GetValueOrDefault(Part) as BoostedTrees ?? throw new InvalidDataException("The checkpoint is not one of boosted trees.");
}
