using System.Collections;

namespace Cairn.Learning;

/// <summary>
/// Batches of inputs and targets whose first axes go together. Each pass shuffles anew; with the same seed, passes repeat from run to run.
/// </summary>
public sealed class DataLoader<TInput, TTarget> : IEnumerable<(NdArray<TInput> Inputs, NdArray<TTarget> Targets)>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly NdArray<TInput> inputs;
    private readonly NdArray<TTarget> targets;
    private readonly int batch;
    private readonly Seeded? shuffle;
    private readonly bool dropLast;

    /// <param name="shuffle">Null keeps the order.</param>
    /// <param name="dropLast">Leaves a last batch that is not full out.</param>
    public DataLoader(NdArray<TInput> inputs, NdArray<TTarget> targets, int batch, Seeded? shuffle = null, bool dropLast = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (inputs.Rank == 0 || targets.Rank == 0 || inputs.Length != targets.Length)
            throw ShapeException.Between("data loader", inputs.Shape, targets.Shape, "inputs and targets are equally many");
        (this.inputs, this.targets, this.batch, this.shuffle, this.dropLast) = (inputs, targets, batch, shuffle, dropLast);
    }

    /// <summary>Batches in one pass.</summary>
    public int Count => dropLast ? inputs.Length / batch : (inputs.Length + batch - 1) / batch;

    public IEnumerator<(NdArray<TInput> Inputs, NdArray<TTarget> Targets)> GetEnumerator()
    {
        var order = shuffle?.Permutation(inputs.Length) ?? [.. Enumerable.Range(0, inputs.Length)];
        for (var i = 0; i < Count; i++)
        {
            var rows = NdArray.Of<int>(order.AsSpan(i * batch, Math.Min(batch, inputs.Length - (i * batch))));
            yield return (inputs.Take(rows), targets.Take(rows));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
