namespace Cairn.Learning.Tests;

/// <summary>Every operation's gradient against differences, on random inputs.</summary>
public sealed class GradientTests
{
    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Function, int[][] Shapes)> Operations = new()
    {
        ["add"] = (t => t[0] + t[1], [[3, 4], [3, 4]]),
        ["add stretched"] = (t => t[0] + t[1], [[2, 3, 4], [4]]),
        ["add to itself"] = (t => t[0] + t[0], [[3]]),
        ["add stretched inside"] = (t => t[0] + t[1], [[2, 1, 4], [3, 1]]),
        ["subtract"] = (t => t[0] - t[1], [[3, 1], [1, 4]]),
        ["multiply"] = (t => t[0] * t[1], [[2, 3], [3]]),
        ["square"] = (t => t[0] * t[0], [[5]]),
        ["divide"] = (t => t[0] / (t[1] * t[1] + 1f), [[2, 3], [2, 3]]),
        ["negate"] = (t => -t[0], [[3]]),
        ["exp"] = (t => t[0].Exp(), [[4]]),
        ["log"] = (t => (t[0] * t[0] + 1f).Log(), [[4]]),
        ["sqrt"] = (t => (t[0] * t[0] + 1f).Sqrt(), [[4]]),
        ["pow"] = (t => (t[0] * t[0] + 0.5f).Pow(1.7f), [[4]]),
        ["tanh"] = (t => t[0].Tanh(), [[6]]),
        ["sigmoid"] = (t => t[0].Sigmoid(), [[6]]),
        ["gelu"] = (t => t[0].Gelu(), [[40]]),
        ["gelu tanh"] = (t => t[0].GeluTanh(), [[40]]),
        ["silu"] = (t => t[0].Silu(), [[6]]),
        ["reshape"] = (t => t[0].Reshape(3, -1) * t[1], [[2, 6], [3, 4]]),
        ["transpose"] = (t => t[0].Transpose(1, 2, 0) * t[1], [[2, 3, 4], [3, 4, 2]]),
        ["slice"] = (t => t[0][1.., "::2"] + t[0][..^1, 0..2], [[3, 4]]),
        ["concatenate"] = (t => Tensor.Concatenate(1, t[0], t[1], t[0]), [[2, 3], [2, 1]]),
        ["sum"] = (t => t[0].Sum() * t[0], [[2, 3]]),
        ["mean"] = (t => t[0].Mean() * t[0], [[2, 3]]),
        ["sum along"] = (t => t[0].Sum(1, keepAxis: true) * t[0].Mean(0), [[2, 3]]),
        ["rows"] = (t => t[0].Rows(NdArray.Of(2, 0, 2, 1).Reshape(2, 2)), [[3, 4]]),
        ["matmul"] = (t => t[0].MatMul(t[1]), [[3, 4], [4, 2]]),
        ["matmul batched"] = (t => t[0].MatMul(t[1]), [[2, 1, 3, 4], [3, 4, 2]]),
        ["linear"] = (t => t[0].Linear(t[1], t[2]), [[2, 3, 4], [5, 4], [5]]),
        ["linear on itself"] = (t => t[0].Linear(t[0], null), [[3, 3]]),
        ["softmax"] = (t => t[0].Softmax(), [[3, 5]]),
        ["cross entropy"] = (t => t[0].CrossEntropy(NdArray.Of(1, Tensor.Ignored, 4)), [[3, 5]]),
        ["mean squared"] = (t => Losses.MeanSquared(t[0], t[1]), [[3, 2], [3, 2]]),
        ["binary cross entropy"] = (t => Losses.BinaryCrossEntropy(t[0] * 3f, t[1].Sigmoid()), [[6], [6]]),
        ["layer norm"] = (t => t[0].LayerNorm(t[1], t[2]), [[3, 6], [6], [6]]),
        ["rms norm"] = (t => t[0].RmsNorm(t[1]), [[3, 6], [6]]),
        ["batch norm"] = (t => t[0].BatchNorm(t[1], t[2], 1e-5f).Result, [[3, 2, 2, 2], [2], [2]]),
        ["convolution"] = (t => t[0].Convolution(t[1], t[2], 1, 1), [[2, 2, 5, 4], [3, 2, 3, 3], [3]]),
        ["convolution with stride"] = (t => t[0].Convolution(t[1], null, 2, 0), [[1, 2, 6, 5], [2, 2, 3, 2]]),
        ["average pool"] = (t => t[0].AveragePool(2), [[2, 1, 4, 5]]),
        ["attention"] = (t => t[0].Attention(t[1], t[2], 2, 2, causal: false), [[2, 3, 4], [2, 5, 4], [2, 5, 4]]),
        ["causal attention"] = (t => t[0].Attention(t[1], t[2], 2, 2, causal: true), [[1, 3, 4], [1, 5, 4], [1, 5, 4]]),
        ["grouped attention"] = (t => t[0].Attention(t[1], t[2], 4, 2, causal: true), [[2, 3, 8], [2, 3, 4], [2, 3, 4]]),
        ["masked attention"] = (
            t => t[0].Attention(t[1], t[2], 1, 1, causal: false,
                NdArray.FromRows(new[,] { { true, false, true }, { false, false, false } })),
            [[2, 2, 4], [2, 3, 4], [2, 3, 4]]),
        ["rotary"] = (t => t[0].Rotate(2, start: 3, theta: 100), [[2, 3, 8]]),
        ["dropout"] = (t => t[0].Dropout(0.5f, new Seeded(1)), [[4, 5]]),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_differences(string operation)
    {
        var (function, shapes) = Operations[operation];
        for (var seed = 1; seed <= 3; seed++)
        {
            var random = new Seeded(seed);
            var inputs = shapes.Select(shape => new Tensor(random.Normal<float>(shape))).ToArray();
            Assert.InRange(GradientCheck.LargestError(function, 1e-2, inputs), 0, 0.012);
        }
    }

    [Fact]
    public void Gradients_that_are_written_over_on_the_way_back_are_those_of_single_steps()
    {
        // Long enough that what is done with is used again; every way that a gradient is handed on: as it is, to two, in another shape,
        // summed.
        var random = new Seeded(9);
        var (a, b) = (random.Normal<float>(64, 128), random.Normal<float>(128));
        var (x, bias) = (new Tensor(a, requiresGradient: true), new Tensor(b, requiresGradient: true));
        var y = x;
        for (var layer = 0; layer < 6; layer++)
        {
            var side = (y + bias).Tanh().Reshape(128, 64).Reshape(64, 128);
            y = (y * 0.5f) + side + side;
        }
        (y * y).Sum().Backward();
        var (expected, expectedBias) = Plain(a.ToArray(), b.ToArray());
        Assert.Equal(expected, x.Gradient!.ToArray().Select(g => (double)g), (p, q) => Math.Abs(p - q) < 5e-3 * (1 + Math.Abs(p)));
        Assert.Equal(expectedBias, bias.Gradient!.ToArray().Select(g => (double)g), (p, q) => Math.Abs(p - q) < 5e-3 * (1 + Math.Abs(p)));

        static (double[] X, double[] Bias) Plain(float[] a, float[] b)
        {
            var (gradient, toBias) = (new double[a.Length], new double[b.Length]);
            for (var i = 0; i < a.Length; i++)
            {
                // dy/dx and dy/db of one number, layer by layer: y' = y / 2 + 2 tanh(y + b).
                var (y, byX, byBias) = ((double)a[i], 1.0, 0.0);
                for (var layer = 0; layer < 6; layer++)
                {
                    var side = Math.Tanh(y + b[i % b.Length]);
                    var slope = 2 * (1 - (side * side));
                    (y, byX, byBias) = ((y / 2) + (2 * side), byX * (0.5 + slope), (byBias * (0.5 + slope)) + slope);
                }
                gradient[i] = 2 * y * byX;
                toBias[i % b.Length] += 2 * y * byBias;
            }
            return (gradient, toBias);
        }
    }

    [Fact]
    public void Kinks_have_the_gradient_of_their_side()
    {
        var x = new Tensor(NdArray.Of(-2f, -0.1f, 0.1f, 3f).Reshape(1, 1, 2, 2), requiresGradient: true);
        x.Relu().Sum().Backward();
        Assert.Equal([0f, 0, 1, 1], x.Gradient!.ToArray());
        x.ZeroGradient();
        x.MaxPool(2).Sum().Backward();
        Assert.Equal([0f, 0, 0, 1], x.Gradient!.ToArray());
        x.ZeroGradient();
        Losses.Huber(x.Reshape(4), new Tensor(NdArray.Zeros<float>(4))).Backward();
        Assert.Equal([-0.25f, -0.025f, 0.025f, 0.25f], x.Gradient!.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_wrong_gradient_is_found()
    {
        var x = new Tensor(NdArray.Of(1f, 2f));
        Assert.InRange(GradientCheck.LargestError(t => t[0] * t[0].Detach(), 1e-2, x), 0.3, 10);
    }
}
