namespace Cairn.Learning;

/// <summary>The largest or the mean number of each window of images (N, C, H, W).</summary>
public sealed class Pooling2d(PoolingKind kind, int size, int? stride = null) : NetworkLayer
{
    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return kind == PoolingKind.Max ? input.MaxPool(size, stride) : input.AveragePool(size, stride);
    }
}
