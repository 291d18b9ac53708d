namespace Cairn.Learning;

/// <summary>
/// Handwriting of digits that is made here, so that a network can be tried without a file: strokes in one of a few styles, turned, slanted,
/// stretched, bent and drawn with a pen of some width into 28 x 28 pixels, with noise.
/// </summary>
public static class DrawnDigits
{
    /// <summary>The length of a side in pixels.</summary>
    public const int Side = 28;

    /// <summary>
    /// Images (count, 1, 28, 28) from 0, paper, to 1, ink, and the digit in each; every digit equally often, in random order.
    /// </summary>
    public static (NdArray<float> Images, NdArray<int> Labels) Draw(int count, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var labels = Enumerable.Range(0, count).Select(i => i % 10).ToArray();
        random.Shuffle<int>(labels);
        return Draw(labels, random);
    }

    /// <summary>One image for each of the given digits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not 0 to 9.</exception>
    public static (NdArray<float> Images, NdArray<int> Labels) Draw(IReadOnlyList<int> digits, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(digits);
        ArgumentNullException.ThrowIfNull(random);
        var images = NdArray.Zeros<float>(digits.Count, 1, Side, Side);
        for (var i = 0; i < digits.Count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(digits[i], 0, nameof(digits));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(digits[i], 9, nameof(digits));
            Draw(digits[i], images.Span.Slice(i * Side * Side, Side * Side), random);
        }
        return (images, NdArray.Of<int>([.. digits]));
    }

    private static void Draw(int digit, Span<float> pixels, Seeded random)
    {
        var styles = DigitStrokes.Of(digit);
        var hand = new Hand(random);
        var lines = Array.ConvertAll(styles[random.Integer(styles.Length)], stroke => Array.ConvertAll(stroke, hand.Place));
        var (pen, noise) = (random.Uniform(0.8, 1.6), random.Uniform(0, 0.08));
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var ink = Math.Clamp(pen + 0.5 - Distance(lines, x + 0.5, y + 0.5), 0, 1);
                pixels[(y * Side) + x] = (float)Math.Clamp(ink + random.Normal(0, noise), 0, 1);
            }
        }
    }

    /// <summary>From a point to the nearest line, in pixels.</summary>
    private static double Distance((double X, double Y)[][] lines, double x, double y)
    {
        var least = double.PositiveInfinity;
        foreach (var line in lines)
        {
            for (var i = 1; i < line.Length; i++)
            {
                var ((ax, ay), (bx, by)) = (line[i - 1], line[i]);
                var (dx, dy) = (bx - ax, by - ay);
                var along = Math.Clamp((((x - ax) * dx) + ((y - ay) * dy)) / Math.Max(1e-9, (dx * dx) + (dy * dy)), 0, 1);
                var (ex, ey) = (x - ax - (along * dx), y - ay - (along * dy));
                least = Math.Min(least, (ex * ex) + (ey * ey));
            }
        }
        return Math.Sqrt(least);
    }

    /// <summary>Where one hand puts a point of the unit square on the paper.</summary>
    private sealed class Hand(Seeded random)
    {
        private readonly double width = random.Uniform(10, 15);
        private readonly double height = random.Uniform(17, 21);
        private readonly double slant = random.Uniform(-0.25, 0.3);
        private readonly double turn = random.Uniform(-0.2, 0.2);
        private readonly double right = random.Uniform(-2, 2);
        private readonly double down = random.Uniform(-2, 2);
        private readonly double bend = random.Uniform(0, 0.06);
        private readonly double phase = random.Uniform(0, 2 * Math.PI);

        internal (double X, double Y) Place((double X, double Y) point)
        {
            // A slow wave through the plane bends lines and keeps them whole.
            var (u, v) = (point.X - 0.5 + (bend * Math.Sin((5 * point.Y) + phase)),
                point.Y - 0.5 + (bend * Math.Cos((5 * point.X) + phase)));
            var (x, y) = ((u * width) - (slant * v * height), v * height);
            var (cos, sin) = (Math.Cos(turn), Math.Sin(turn));
            return ((Side / 2.0) + (x * cos) - (y * sin) + right, (Side / 2.0) + (x * sin) + (y * cos) + down);
        }
    }
}
