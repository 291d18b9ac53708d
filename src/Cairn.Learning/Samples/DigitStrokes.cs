namespace Cairn.Learning;

/// <summary>The strokes of each digit in the unit square, y downward, in the styles in which people write it.</summary>
internal static class DigitStrokes
{
    private static readonly (double X, double Y)[][][][] Styles =
    [
        [[Arc(0.5, 0.5, 0.5, 0.5, -90, 270)], [Arc(0.5, 0.5, 0.38, 0.5, -60, 300)]],
        [[[(0.5, 0), (0.5, 1)]], [[(0.2, 0.25), (0.55, 0), (0.55, 1)]], [[(0.25, 0.2), (0.5, 0), (0.5, 1)], [(0.2, 1), (0.8, 1)]]],
        [
            [[.. Arc(0.5, 0.28, 0.45, 0.28, -170, 40), (0.05, 1), (1, 1)]],
            [[.. Arc(0.5, 0.25, 0.4, 0.25, -180, 60), .. Arc(0.25, 0.88, 0.2, 0.12, -60, -300), (0.95, 1)]],
        ],
        [
            [[.. Arc(0.45, 0.25, 0.45, 0.25, -150, 90), .. Arc(0.45, 0.74, 0.52, 0.26, -90, 150)]],
            [[(0.1, 0), (0.9, 0), (0.45, 0.42), .. Arc(0.45, 0.71, 0.5, 0.29, -80, 150)]],
        ],
        [
            [[(0.65, 0), (0, 0.65), (1, 0.65)], [(0.7, 0.35), (0.7, 1)]],
            [[(0.15, 0), (0.1, 0.5), (0.9, 0.5)], [(0.85, 0), (0.8, 1)]],
        ],
        [
            [[(0.9, 0), (0.2, 0), (0.12, 0.45), .. Arc(0.45, 0.7, 0.5, 0.3, -120, 140)]],
            [[(0.2, 0), (0.15, 0.42), .. Arc(0.42, 0.7, 0.5, 0.3, -110, 150)], [(0.2, 0), (0.95, 0.02)]],
        ],
        [
            [[.. Arc(0.9, 0.55, 0.85, 0.55, -90, -180), .. Arc(0.5, 0.72, 0.45, 0.28, -180, 180)]],
            [[(0.7, 0), (0.25, 0.45), .. Arc(0.5, 0.72, 0.42, 0.28, -150, 210)]],
        ],
        [[[(0, 0), (1, 0), (0.35, 1)]], [[(0, 0.05), (0.95, 0), (0.4, 1)], [(0.3, 0.5), (0.85, 0.5)]]],
        [
            [Arc(0.5, 0.24, 0.36, 0.24, -90, 270), Arc(0.5, 0.74, 0.45, 0.26, -90, 270)],
            [[.. Arc(0.5, 0.25, 0.4, 0.25, -20, -270), .. Arc(0.5, 0.75, 0.45, 0.25, -90, 200), (0.9, 0.12)]],
        ],
        [
            [[.. Arc(0.5, 0.28, 0.42, 0.28, 0, -360), (0.85, 1)]],
            [[.. Arc(0.48, 0.28, 0.42, 0.28, 0, -360), .. Arc(0.4, 0.5, 0.5, 0.5, -30, 110)]],
        ],
    ];

    /// <summary>Styles of one digit, each of strokes, each of points.</summary>
    internal static (double X, double Y)[][][] Of(int digit) => Styles[digit];

    /// <summary>A part of an ellipse, from and to in degrees: 0 right, 90 down.</summary>
    private static (double X, double Y)[] Arc(double x, double y, double width, double height, double from, double to)
    {
        var steps = (int)Math.Ceiling(Math.Abs(to - from) / 20);
        return [.. Enumerable.Range(0, steps + 1).Select(i =>
        {
            var angle = (from + ((to - from) * i / steps)) * Math.PI / 180;
            return (x + (width * Math.Cos(angle)), y + (height * Math.Sin(angle)));
        })];
    }
}
