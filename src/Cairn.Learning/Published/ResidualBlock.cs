namespace Cairn.Learning;

/// <summary>Two convolutions of 3 x 3, added to what came in; where the shape changes that goes through a convolution of 1 x 1.</summary>
internal sealed class ResidualBlock : NetworkLayer
{
    private readonly Convolution2d first;
    private readonly BatchNormalisation firstNorm;
    private readonly Convolution2d second;
    private readonly BatchNormalisation secondNorm;
    private readonly Sequential? shortcut;

    internal ResidualBlock(int inputs, int outputs, int stride, Seeded random)
    {
        first = Child("conv1", new Convolution2d(inputs, outputs, 3, random, stride, padding: 1, bias: false));
        firstNorm = Child("bn1", new BatchNormalisation(outputs));
        second = Child("conv2", new Convolution2d(outputs, outputs, 3, random, padding: 1, bias: false));
        secondNorm = Child("bn2", new BatchNormalisation(outputs));
        shortcut = inputs == outputs && stride == 1 ? null
            : Child("downsample", new Sequential(new Convolution2d(inputs, outputs, 1, random, stride, bias: false),
                new BatchNormalisation(outputs)));
    }

    public override Tensor Forward(Tensor input)
    {
        var x = secondNorm.Forward(second.Forward(firstNorm.Forward(first.Forward(input)).Relu()));
        return (x + (shortcut?.Forward(input) ?? input)).Relu();
    }
}
