using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <content>Batch normalisation (Ioffe and Szegedy, 2015).</content>
public sealed partial class Tensor
{
    /// <summary>
    /// (x - mean) / sqrt(variance + epsilon) * weight + bias for each channel of (N, C, …), over all else; also the batch's means and
    /// (population) variances.
    /// </summary>
    internal (Tensor Result, NdArray<float> Means, NdArray<float> Variances) BatchNorm(Tensor weight, Tensor bias, float epsilon)
    {
        var (images, channels) = (Shape[0], Shape[1]);
        var places = Count / Math.Max(1, images * channels);
        var (means, variances) = (NdArray.Zeros<float>(channels), NdArray.Zeros<float>(channels));
        var count = images * places;
        var unit = GC.AllocateUninitializedArray<float>(Count);
        var data = GC.AllocateUninitializedArray<float>(Count);
        LearningThreads.For(channels, c =>
        {
            var (sum, squares) = (0.0, 0.0);
            for (var n = 0; n < images; n++)
                sum += Sum(Place(Data, n, c));
            var mean = (float)(sum / count);
            for (var n = 0; n < images; n++)
            {
                TensorPrimitives.Subtract(Place(Data, n, c), mean, Place(unit, n, c));
                squares += TensorPrimitives.SumOfSquares<float>(Place(unit, n, c));
            }
            (means[c], variances[c]) = (mean, (float)(squares / count));
            var scale = 1 / MathF.Sqrt(variances[c] + epsilon);
            for (var n = 0; n < images; n++)
            {
                var u = Place(unit, n, c);
                TensorPrimitives.Multiply(u, scale, u);
                var y = Place(data, n, c);
                TensorPrimitives.Multiply(u, weight.Data[c], y);
                TensorPrimitives.Add(y, bias.Data[c], y);
            }
        });
        var result = Result(data, Shape, [this, weight, bias], result =>
        {
            var g = result.GradientData!;
            var change = Room(Count);
            var (toWeight, toBias) = (new float[channels], new float[channels]);
            LearningThreads.For(channels, c =>
            {
                var (sum, along) = (0.0, 0.0);
                for (var n = 0; n < images; n++)
                {
                    sum += Sum(Place(g, n, c));
                    along += TensorPrimitives.Dot<float>(Place(g, n, c), Place(unit, n, c));
                }
                (toBias[c], toWeight[c]) = ((float)sum, (float)along);
                var scale = weight.Data[c] / MathF.Sqrt(variances[c] + epsilon);
                for (var n = 0; n < images; n++)
                {
                    // scale (g - mean(g) - u mean(g u))
                    var d = Place(change, n, c);
                    TensorPrimitives.Subtract(Place(g, n, c), (float)(sum / count), d);
                    TensorPrimitives.MultiplyAdd(Place(unit, n, c), (float)(-along / count), d, d);
                    TensorPrimitives.Multiply(d, scale, d);
                }
            });
            if (RequiresGradient)
                AddGradient(change);
            if (weight.RequiresGradient)
                weight.AddGradient(toWeight);
            if (bias.RequiresGradient)
                bias.AddGradient(toBias);
        });
        return (result, means, variances);

        Span<float> Place(float[] data, int n, int c) => data.AsSpan(((n * channels) + c) * places, places);

        static float Sum(Span<float> x) => Reduction.PairwiseSum<float>(x);
    }
}
