namespace Cairn.Learning;

/// <summary>What a fit that goes round by round tells, and where it goes on from.</summary>
/// <param name="part">The name under which a checkpoint holds the rounds.</param>
/// <typeparam name="T">What the rounds make.</typeparam>
internal sealed class RoundFollower<T>(string part)
    where T : class, IStorable
{
    private T? running;
    private T? earlier;

    public Action<FitRound>? Observer { get; set; }

    public bool IsObserved => Observer is not null;

    /// <summary>Whether the observer of the last round asked the fit to end with it.</summary>
    public bool IsEnding { get; private set; }

    public void OnRound(T model, FitRound round)
    {
        (running, IsEnding) = (model, false);
        Observer?.Invoke(round);
    }

    public void End() => IsEnding = running is not null ? true : throw new InvalidOperationException("No round is learned yet.");

    /// <summary>Rounds learned before; the next fit takes them away.</summary>
    public T? Take()
    {
        var taken = earlier;
        earlier = null;
        return taken;
    }

    public void Save(Stream stream)
        => ModelFile.Write(stream,
            new Dictionary<string, object> { [part] = running ?? throw new InvalidOperationException("No round is learned yet.") });

    public void Resume(Stream stream)
        => earlier = ModelFile.Read(stream).GetValueOrDefault(part) as T
            ?? throw new InvalidDataException($"The checkpoint holds no {part}.");
}
