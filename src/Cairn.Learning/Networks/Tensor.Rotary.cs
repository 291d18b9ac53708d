namespace Cairn.Learning;

/// <content>Rotary positions (Su et al., "RoFormer", 2021), in Llama's layout: number i of a head's first half turns with number i of its
/// second half.</content>
public sealed partial class Tensor
{
    /// <summary>Turns each pair of a head's numbers by its position: (B, T, heads * width), the first at <paramref
    /// name="start"/>.</summary>
    public Tensor Rotate(int heads, int start = 0, double theta = 10_000, RotaryScaling? scaling = null)
    {
        if (Shape.Rank != 3 || Shape[2] % (2 * heads) != 0)
            throw new ShapeException("rotary positions",
                $"shape {Shape} is not (batch, length, heads * width) with an even width for {heads} heads");
        var (length, width) = (Shape[1], Shape[2] / heads);
        var half = width / 2;
        var (cos, sin) = (new float[length * half], new float[length * half]);
        for (var i = 0; i < half; i++)
        {
            var frequency = Math.Pow(theta, -2.0 * i / width);
            frequency = scaling?.Scaled(frequency) ?? frequency;
            for (var t = 0; t < length; t++)
                (sin[(t * half) + i], cos[(t * half) + i]) = Angle((start + t) * frequency);
        }
        var data = GC.AllocateUninitializedArray<float>(Count);
        Turn(Data, data, 1);
        return Result(data, Shape, [this], result =>
        {
            var change = Room(data.Length);
            Turn(result.GradientData!, change, -1);
            AddGradient(change);
        });

        static (float Sin, float Cos) Angle(double radians) => ((float)Math.Sin(radians), (float)Math.Cos(radians));

        void Turn(float[] from, float[] to, float sign) => Parallels.Rows(Shape[0] * length, Shape[2], (first, count) =>
        {
            for (var row = first; row < first + count; row++)
            {
                var at = row % length * half;
                for (var head = 0; head < heads; head++)
                {
                    var x = from.AsSpan((row * heads * width) + (head * width), width);
                    var y = to.AsSpan((row * heads * width) + (head * width), width);
                    for (var i = 0; i < half; i++)
                    {
                        var (c, s) = (cos[at + i], sign * sin[at + i]);
                        y[i] = (x[i] * c) - (x[i + half] * s);
                        y[i + half] = (x[i + half] * c) + (x[i] * s);
                    }
                }
            }
        });
    }
}
