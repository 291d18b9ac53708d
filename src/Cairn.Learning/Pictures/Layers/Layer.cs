namespace Cairn.Learning;

/// <summary>Something drawn over a plot's axes.</summary>
public abstract record Layer
{
    /// <summary>What the legend calls it; null leaves it out.</summary>
    public string? Name { get; init; }

    /// <summary>Which of the eight colours; the next one when left out.</summary>
    public int? Colour { get; init; }

    /// <summary>It fills the frame to its edges.</summary>
    internal virtual bool IsTight => false;

    internal abstract Extent ExtentX { get; }

    internal abstract Extent ExtentY { get; }

    internal abstract void Draw(SvgWriter svg, Scale x, Scale y, string colour);

    internal virtual void DrawKey(SvgWriter svg, Box box, string colour) => svg.Rectangle(box, colour);

    /// <exception cref="BadInputException">Fewer of one than of the other.</exception>
    internal static void RequirePairs(string what, IReadOnlyCollection<double> x, IReadOnlyCollection<double> y)
    {
        if (x.Count != y.Count)
            throw new BadInputException($"{what}: {x.Count} values of x and {y.Count} of y do not make pairs.");
    }
}
