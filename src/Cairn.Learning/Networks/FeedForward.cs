namespace Cairn.Learning;

/// <summary>The two linear layers of a block, and what stands between them.</summary>
internal sealed class FeedForward : Module
{
    private readonly FeedForwardKind kind;
    private readonly Linear widen;
    private readonly Linear? gate;

    internal FeedForward(TransformerOptions options, Seeded random)
    {
        kind = options.FeedForward;
        var inner = options.Inner ?? (4 * options.Width);
        gate = kind == FeedForwardKind.GatedSilu ? Child("gate", new Linear(options.Width, inner, random, options.Bias)) : null;
        widen = Child("widen", new Linear(options.Width, inner, random, options.Bias));
        Narrow = Child("narrow", new Linear(inner, options.Width, random, options.Bias));
    }

    internal Linear Narrow { get; }

    internal Tensor Forward(Tensor x)
    {
        var wide = widen.Forward(x);
        return Narrow.Forward(kind switch
        {
            FeedForwardKind.Relu => wide.Relu(),
            FeedForwardKind.Gelu => wide.Gelu(),
            FeedForwardKind.GeluTanh => wide.GeluTanh(),
            _ => gate!.Forward(x).Silu() * wide,
        });
    }
}
