namespace Cairn.Learning;

/// <summary>How a kind of model is laid out in published checkpoints.</summary>
internal sealed record PublishedLayout
{
    /// <summary>Some checkpoints leave this away before every name.</summary>
    public string Prefix { get; init; } = "";

    public required IReadOnlyList<PublishedTensor> Tensors { get; init; }

    /// <summary>Tensors that a checkpoint may hold and that are not needed: masks, counters, weights that are tied to others.</summary>
    public Func<string, bool> Ignores { get; init; } = _ => false;
}
