namespace Cairn.Learning;

/// <summary>What classifier and regressor over neighbours share: each row's neighbours and their weights.</summary>
internal sealed class NeighbourSearch(Features features, NeighbourOptions options)
{
    private readonly NearestRows index = new(features.Dense);

    /// <summary>The training rows.</summary>
    public NdArray<double> Rows => features.Dense;

    public static void Validate(NeighbourOptions options, int rows)
    {
        if (options.Neighbours < 1 || options.Neighbours > rows)
            throw new BadInputException($"{options.Neighbours} neighbours are asked for among {rows} rows; take 1 to {rows}.");
    }

    public void ForEach(Features rows, Action<int, (int Row, double Distance)[], double[]> visit)
    {
        var matrix = rows.Dense;
        Cores.Split(rows.Rows, rows.Rows > 20, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var found = index.Find(matrix.Row(row), options.Neighbours);
                var exact = found[0].Distance == 0;
                visit(row, found, Array.ConvertAll(found,
                    f => !options.ByDistance ? 1 : exact ? (f.Distance == 0 ? 1 : 0) : 1 / f.Distance));
            }
        });
    }
}
