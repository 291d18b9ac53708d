using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <content>Scaled dot-product attention (Vaswani et al., 2017), several heads at once, without copies of the heads.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// softmax(q k' / sqrt(width)) v for each head: queries (B, T, heads * width), keys and values (B, S, keyHeads * width) give (B, T,
    /// heads * width).
    /// Fewer key heads than heads are shared by neighbours (grouped-query attention).
    /// </summary>
    /// <param name="causal">Query t sees keys up to S - T + t only.</param>
    /// <param name="keyMask">(B, S): keys that may be seen; a query that sees none gives zeros.</param>
    public Tensor Attention(Tensor keys, Tensor values, int heads, int keyHeads, bool causal, NdArray<bool>? keyMask = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        var s = AttentionShape.Of(Shape, keys.Shape, values.Shape, heads, keyHeads, causal, keyMask);
        var mask = keyMask?.ToArray();
        var data = GC.AllocateUninitializedArray<float>(Count);
        var keep = IsRecording && (RequiresGradient || keys.RequiresGradient || values.RequiresGradient);
        var weights = keep ? GC.AllocateUninitializedArray<float>(checked(s.Batch * s.Heads * s.Queries * s.Keys)) : null;
        LearningThreads.For(s.Batch * s.Heads, pair => AttentionForward(s, pair, keys, values, mask, data, weights));
        return Result(data, Shape, [this, keys, values], result =>
        {
            var (dq, dk, dv) = (Room(Count), ZeroRoom(keys.Count), ZeroRoom(values.Count));
            // Heads that share keys run one after the other, so that sums have one order.
            LearningThreads.For(s.Batch * s.KeyHeads, group =>
            {
                for (var i = 0; i < s.Heads / s.KeyHeads; i++)
                    AttentionBack(s, (group * (s.Heads / s.KeyHeads)) + i, keys, values, weights!, result.GradientData!, (dq, dk, dv));
            });
            if (RequiresGradient)
                AddGradient(dq);
            if (keys.RequiresGradient)
                keys.AddGradient(dk);
            if (values.RequiresGradient)
                values.AddGradient(dv);
        });
    }

    private unsafe void AttentionForward(AttentionShape s, int pair, Tensor keys, Tensor values, bool[]? mask, float[] data, float[]? kept)
    {
        var (batch, head) = Math.DivRem(pair, s.Heads);
        using var scratch = new AlignedScratch<float>(kept is null ? s.Queries * s.Keys : 1);
        fixed (float* q = Data, k = keys.Data, v = values.Data, y = data, saved = kept)
        {
            var p = saved is null ? scratch.Start : saved + ((long)pair * s.Queries * s.Keys);
            Product.Multiply(s.Queries, s.Keys, s.Width, s.Query(q, batch, head), s.Key(k, batch, head).Transposed, p, s.Keys, false,
                alone: true);
            for (var t = 0; t < s.Queries; t++)
            {
                var row = new Span<float>(p + (t * s.Keys), s.Keys);
                var seen = s.Causal ? s.Keys - s.Queries + t + 1 : s.Keys;
                TensorPrimitives.Multiply(row[..seen], s.Scale, row[..seen]);
                for (var j = 0; mask is not null && j < seen; j++)
                {
                    if (!mask[(batch * s.Keys) + j])
                        row[j] = float.NegativeInfinity;
                }
                SoftmaxRow(row[..seen], row[..seen]);
                row[seen..].Clear();
            }
            var to = s.Query(y, batch, head);
            Product.Multiply(s.Queries, s.Width, s.Keys, new Operand<float>(p, s.Keys, 1), s.Key(v, batch, head), to.Start, to.RowStride,
                false, alone: true);
        }
    }

    private unsafe void AttentionBack(
        AttentionShape s, int pair, Tensor keys, Tensor values, float[] weights, float[] gradient,
            (float[] Queries, float[] Keys, float[] Values) changes)
    {
        var (batch, head) = Math.DivRem(pair, s.Heads);
        using var scratch = new AlignedScratch<float>(s.Queries * s.Keys);
        fixed (float* q = Data, k = keys.Data, v = values.Data, w = weights, g = gradient, dq = changes.Queries, dk = changes.Keys,
            dv = changes.Values)
        {
            var p = new Operand<float>(w + ((long)pair * s.Queries * s.Keys), s.Keys, 1);
            var of = s.Query(g, batch, head);
            var toValues = s.Key(dv, batch, head);
            Product.Multiply(s.Keys, s.Width, s.Queries, p.Transposed, of, toValues.Start, toValues.RowStride, true, alone: true);
            Product.Multiply(s.Queries, s.Keys, s.Width, of, s.Key(v, batch, head).Transposed, scratch.Start, s.Keys, false, alone: true);
            for (var t = 0; t < s.Queries; t++)
            {
                var row = new ReadOnlySpan<float>(p.Start + (t * s.Keys), s.Keys);
                var d = new Span<float>(scratch.Start + (t * s.Keys), s.Keys);
                TensorPrimitives.Subtract(d, TensorPrimitives.Dot(row, d), d);
                TensorPrimitives.Multiply(d, row, d);
                TensorPrimitives.Multiply(d, s.Scale, d);
            }
            var scores = new Operand<float>(scratch.Start, s.Keys, 1);
            var toQueries = s.Query(dq, batch, head);
            var toKeys = s.Key(dk, batch, head);
            Product.Multiply(s.Queries, s.Width, s.Keys, scores, s.Key(k, batch, head), toQueries.Start, toQueries.RowStride, false,
                alone: true);
            Product.Multiply(s.Keys, s.Width, s.Queries, scores.Transposed, s.Query(q, batch, head), toKeys.Start, toKeys.RowStride, true,
                alone: true);
        }
    }
}
