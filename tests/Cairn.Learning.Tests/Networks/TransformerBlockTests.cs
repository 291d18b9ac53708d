namespace Cairn.Learning.Tests;

public sealed class TransformerBlockTests
{
    public static TheoryData<TransformerOptions> Kinds =>
    [
        new TransformerOptions { Width = 8, Heads = 2 },
        new TransformerOptions { Width = 8, Heads = 2, NormFirst = false, FeedForward = FeedForwardKind.Relu, Inner = 12 },
        new TransformerOptions { Width = 8, Heads = 2, Causal = true, Cross = true },
        new TransformerOptions { Width = 8, Heads = 4, KeyHeads = 2, Causal = true, RmsNorm = true, Bias = false,
            FeedForward = FeedForwardKind.GatedSilu, RotaryTheta = 10_000 },
    ];

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Every_kind_has_the_gradients_of_its_function(TransformerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var random = new Seeded(2);
        var block = new TransformerBlock(options, random);
        var inputs = new List<Tensor> { new(random.Normal<float>(2, 3, 8)) };
        if (options.Cross)
            inputs.Add(new Tensor(random.Normal<float>(2, 4, 8)));
        inputs.AddRange(block.Parameters());
        var error = GradientCheck.LargestError(t => block.Forward(t[0], memory: options.Cross ? t[1] : null), 1e-2, [.. inputs]);
        Assert.InRange(error, 0, options.FeedForward == FeedForwardKind.Relu ? 0.1 : 0.012);
    }

    [Fact]
    public void A_block_says_when_the_other_text_is_missing()
    {
        var random = new Seeded(2);
        var x = new Tensor(random.Normal<float>(1, 2, 8));
        var cross = new TransformerBlock(new TransformerOptions { Width = 8, Heads = 2, Cross = true }, random);
        Assert.Contains("none was given", Assert.Throws<ArgumentException>(() => cross.Forward(x)).Message);
        Assert.Contains("not divided evenly",
            Assert.Throws<ShapeException>(() => new TransformerBlock(new TransformerOptions { Width = 8, Heads = 3 }, random)).Message);
    }
}
