namespace Cairn.Learning;

/// <summary>
/// Gradients that one <see cref="Tensor.Backward"/> is done with, by length, to be written again by the steps that are still to come.
/// </summary>
internal sealed class GradientPool
{
    // Shorter ones cost less than looking for them.
    private const int Shortest = 1 << 12;
    private readonly Dictionary<int, Stack<float[]>> free = [];

    /// <summary>An array whose content is no value.</summary>
    internal float[] Rent(int length)
        => length >= Shortest && free.TryGetValue(length, out var arrays) && arrays.TryPop(out var array) ? array
            : GC.AllocateUninitializedArray<float>(length);

    internal void Return(float[] array)
    {
        if (array.Length < Shortest)
            return;
        if (!free.TryGetValue(array.Length, out var arrays))
            free[array.Length] = arrays = new Stack<float[]>();
        arrays.Push(array);
    }
}
