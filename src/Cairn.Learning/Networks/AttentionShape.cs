namespace Cairn.Learning;

/// <summary>The lengths of an attention, and where each head's matrix lies.</summary>
internal readonly unsafe record struct AttentionShape(int Batch, int Queries, int Keys, int Heads, int KeyHeads, int Width, bool Causal)
{
    internal float Scale => 1 / MathF.Sqrt(Width);

    internal static AttentionShape Of(Shape queries, Shape keys, Shape values, int heads, int keyHeads, bool causal, NdArray<bool>? mask)
    {
        if (queries.Rank != 3 || keys.Rank != 3 || keys != values || queries[0] != keys[0])
            throw ShapeException.Between("attention", queries, keys,
                "both are (batch, length, heads * width), and the values have the keys' shape");
        if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0 || queries[2] % heads != 0 || queries[2] / heads * keyHeads != keys[2])
            throw ShapeException.Between("attention", queries, keys, $"{heads} heads and {keyHeads} key heads do not divide them evenly");
        if (causal && queries[1] > keys[1])
            throw ShapeException.Between("attention", queries, keys, "there are more queries than keys, so the first would see nothing");
        if (mask is not null && (mask.Rank != 2 || mask.Shape[0] != keys[0] || mask.Shape[1] != keys[1]))
            throw ShapeException.Between("attention mask", keys, mask.Shape, "the mask is (batch, keys)");
        return new AttentionShape(queries[0], queries[1], keys[1], heads, keyHeads, queries[2] / heads, causal);
    }

    internal Operand<float> Query(float* data, int batch, int head)
        => new(data + ((long)batch * Queries * Heads * Width) + (head * Width), Heads * Width, 1);

    internal Operand<float> Key(float* data, int batch, int head)
        => new(data + ((long)batch * Keys * KeyHeads * Width) + (head / (Heads / KeyHeads) * Width), KeyHeads * Width, 1);
}
