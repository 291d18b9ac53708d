using System.Globalization;

namespace Cairn.Learning;

/// <summary>Layers one after the other, named 0, 1, … as PyTorch names them.</summary>
public sealed class Sequential : NetworkLayer
{
    private readonly NetworkLayer[] layers;

    public Sequential(params NetworkLayer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        this.layers = layers;
        for (var i = 0; i < layers.Length; i++)
            Child(i.ToString(CultureInfo.InvariantCulture), layers[i]);
    }

    public NetworkLayer this[int index] => layers[index];

    public override Tensor Forward(Tensor input) => layers.Aggregate(input, (x, layer) => layer.Forward(x));
}
