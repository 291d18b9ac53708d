namespace Cairn.Learning;

/// <summary>The keys and values of the tokens read so far, for each layer: a generated token then costs one step, not the whole text
/// again.</summary>
public sealed class KeyValueCache
{
    private readonly float[]?[] keys;
    private readonly float[]?[] values;

    internal KeyValueCache(int layers, int capacity, int width)
    {
        (keys, values) = (new float[layers][], new float[layers][]);
        (Capacity, Width) = (capacity, width);
    }

    /// <summary>Tokens that fit.</summary>
    public int Capacity { get; }

    /// <summary>Tokens read so far.</summary>
    public int Length { get; private set; }

    private int Width { get; }

    /// <summary>Appends the keys and values (1, T, width) of one layer and returns all of its: (1, length + T, width) each.</summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor newKeys, Tensor newValues)
    {
        var count = newKeys.Shape[1];
        if (newKeys.Shape[0] != 1)
            throw new ShapeException("key-value cache", $"shape {newKeys.Shape} has more than one text; a cache holds one");
        if (Length + count > Capacity)
            throw new ShapeException("key-value cache", $"{Length} tokens and {count} more are over the capacity of {Capacity}");
        return (Grown(ref keys[layer], newKeys), Grown(ref values[layer], newValues));
    }

    /// <summary>Called once all layers have appended.</summary>
    internal void Advance(int count) => Length += count;

    private Tensor Grown(ref float[]? storage, Tensor added)
    {
        var length = Length + added.Shape[1];
        // A published model's context can be longer than any text that is read: room is taken as it is needed.
        if (storage is null || storage.Length < (long)length * Width)
            Array.Resize(ref storage, checked(Math.Min(Capacity, Math.Max(length, 2 * (Length + 32))) * Width));
        added.Span.CopyTo(storage.AsSpan(Length * Width));
        return new Tensor(storage, Shape.Of(1, length, Width));
    }
}
