namespace Cairn.Learning;

/// <summary>
/// The change of one layer: rows from <paramref name="Start"/> of scale B A. Layers that are one in the published checkpoint share A and B.
/// </summary>
internal sealed record LoraTarget(Tensor A, Tensor B, int Start, int Count, float Scale)
{
    internal Tensor Change(Tensor input)
    {
        var rows = Count == B.Shape[0] ? B : B[Start..(Start + Count), ..];
        return input.Linear(A, null).Linear(rows, null) * Scale;
    }

    /// <summary>W += scale B A.</summary>
    internal void AddTo(Tensor weight)
    {
        var change = B.Value[Start..(Start + Count), ..].MatMul(A.Value) * Scale;
        (weight.Value + change).CopyTo(weight.Data);
    }
}
