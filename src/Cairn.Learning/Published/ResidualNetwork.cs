namespace Cairn.Learning;

/// <summary>
/// A residual network for pictures (He et al., "Deep residual learning for image recognition", 2015): blocks add what they compute to what
/// came in, so that gradients pass deep networks. Parts are named as torchvision names them.
/// </summary>
public sealed class ResidualNetwork : NetworkLayer
{
    private readonly Convolution2d first;
    private readonly BatchNormalisation firstNorm;
    private readonly List<ResidualBlock> blocks = [];
    private readonly Linear last;

    public ResidualNetwork(ResidualOptions options, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (options.Widths.Count != options.Depths.Count)
            throw new ArgumentException($"There are {options.Widths.Count} widths for {options.Depths.Count} depths.", nameof(options));
        first = Child("conv1", new Convolution2d(options.Channels, options.First, 7, random, stride: 2, padding: 3, bias: false));
        firstNorm = Child("bn1", new BatchNormalisation(options.First));
        var inputs = options.First;
        for (var stage = 0; stage < options.Depths.Count; stage++)
        {
            for (var block = 0; block < options.Depths[stage]; block++)
            {
                var stride = block == 0 && stage > 0 ? 2 : 1;
                blocks.Add(Child($"layer{stage + 1}.{block}", new ResidualBlock(inputs, options.Widths[stage], stride, random)));
                inputs = options.Widths[stage];
            }
        }
        last = Child("fc", new Linear(inputs, options.Classes, random));
    }

    /// <summary>Scores (N, classes) of pictures (N, channels, H, W), normalised as the checkpoint's preprocessing says.</summary>
    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var x = firstNorm.Forward(first.Forward(input)).Relu().MaxPool(3, 2, padding: 1);
        x = blocks.Aggregate(x, (h, block) => block.Forward(h));
        return last.Forward(x.Reshape(x.Shape[0], x.Shape[1], -1).Mean(2));
    }
}
