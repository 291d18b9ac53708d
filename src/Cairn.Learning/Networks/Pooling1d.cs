namespace Cairn.Learning;

/// <summary>The largest or the mean number of each window of sequences (N, C, L).</summary>
public sealed class Pooling1d(PoolingKind kind, int size, int? stride = null) : NetworkLayer
{
    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return kind == PoolingKind.Max ? input.MaxPool1d(size, stride) : input.AveragePool1d(size, stride);
    }
}
