namespace Cairn.Learning;

/// <summary>Holds gradients against differences: for operations of one's own.</summary>
public static class GradientCheck
{
    /// <summary>
    /// The largest difference between the gradient that <see cref="Tensor.Backward"/> finds and central differences, over all numbers of
    /// all inputs, relative to the larger of 1 and the gradient's largest number. In float32 a right gradient stays below about 0.01.
    /// </summary>
    /// <param name="function">Any tensor of the inputs; its numbers are summed with fixed weights of mixed signs.</param>
    public static double LargestError(Func<Tensor[], Tensor> function, double step, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var input in inputs)
        {
            input.RequiresGradient = true;
            input.ZeroGradient();
        }
        var result = function(inputs);
        var weights = new Tensor(new Seeded(result.Count).Uniform(-1f, 1f, [.. result.Shape.Lengths]));
        (result * weights).Sum().Backward();
        var largest = 0.0;
        using var pause = Tensor.NoGradient();
        foreach (var input in inputs)
        {
            var gradient = input.Gradient?.ToArray() ?? new float[input.Count];
            var scale = Math.Max(1, gradient.Select(MathF.Abs).DefaultIfEmpty().Max());
            for (var i = 0; i < input.Count; i++)
            {
                var kept = input.Data[i];
                input.Data[i] = (float)(kept + step);
                var above = Weighed(function(inputs), weights);
                var up = input.Data[i];
                input.Data[i] = (float)(kept - step);
                var below = Weighed(function(inputs), weights);
                var slope = (above - below) / (up - input.Data[i]);
                input.Data[i] = kept;
                largest = Math.Max(largest, Math.Abs(slope - gradient[i]) / scale);
            }
        }
        return largest;
    }

    private static double Weighed(Tensor result, Tensor weights)
    {
        var sum = 0.0;
        for (var i = 0; i < result.Count; i++)
            sum += (double)result.Data[i] * weights.Data[i];
        return sum;
    }
}
