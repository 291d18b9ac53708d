using System.Globalization;

namespace Cairn.Learning;

/// <summary>
/// A matrix as coloured cells that fill the frame: row i of the matrix lies at y from i - 0.5 to i + 0.5, unless a range says otherwise.
/// </summary>
public sealed record CellLayer(NdArray<double> Values) : Layer
{
    public ColourMap Map { get; init; } = ColourMap.Sequential;

    /// <summary>Where the columns lie; -0.5 to their number - 0.5 when left out.</summary>
    public (double From, double To)? RangeX { get; init; }

    public (double From, double To)? RangeY { get; init; }

    /// <summary>The values that the map's ends stand for; the least and greatest when left out.</summary>
    public (double From, double To)? Range { get; init; }

    /// <summary>Classes 0, 1, 2 … in the colours of the palette instead of the map's.</summary>
    public bool Classes { get; init; }

    /// <summary>A format for each cell's text (<c>0.00</c>); null writes none.</summary>
    public string? Format { get; init; }

    internal override bool IsTight => true;

    internal override Extent ExtentX => RangeX is { } range ? new(range.From, range.To) : new(-0.5, Columns - 0.5);

    internal override Extent ExtentY => RangeY is { } range ? new(range.From, range.To) : new(-0.5, Rows - 0.5);

    private int Rows
        => Values.Rank == 2
            ? Values.Shape[0]
            : throw new BadInputException($"cells: a matrix has two dimensions, not the shape {Values.Shape}.");

    private int Columns
        => Values.Rank == 2
            ? Values.Shape[1]
            : throw new BadInputException($"cells: a matrix has two dimensions, not the shape {Values.Shape}.");

    internal override void Draw(SvgWriter svg, Scale x, Scale y, string colour)
    {
        var extent = Range is { } range ? new Extent(range.From, range.To) : Extent.Of(Values.ToArray());
        var (stepX, stepY) = ((ExtentX.To - ExtentX.From) / Columns, (ExtentY.To - ExtentY.From) / Rows);
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Columns; j++)
            {
                var value = Values[i, j];
                if (!double.IsFinite(value))
                    continue;
                var (left, right) = (x.At(ExtentX.From + j * stepX), x.At(ExtentX.From + (j + 1) * stepX));
                var (first, second) = (y.At(ExtentY.From + i * stepY), y.At(ExtentY.From + (i + 1) * stepY));
                var share = extent.To > extent.From ? (value - extent.From) / (extent.To - extent.From) : 0.5;
                // Half a pixel more hides the hairlines between cells, where they cover what lies below.
                var more = Classes ? 0 : 0.5;
                var cell = new Box(left, Math.Min(first, second), right - left + more, Math.Abs(second - first) + more);
                svg.Rectangle(cell, Classes ? Palette.At((int)value) : Map.At(share), Classes ? 0.25 : 1);
                if (Format is not null)
                    svg.Text(cell.X + cell.Width / 2, cell.Y + cell.Height / 2 + 4, value.ToString(Format, CultureInfo.InvariantCulture),
                        new() { Anchor = "middle", Size = 11, Colour = Map.InkOn(share) });
            }
        }
    }
}
