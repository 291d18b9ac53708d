using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>One search of k-means from one start, over rows around their mean.</summary>
internal sealed class LloydSearch
{
    // Sums are added up by parts, so the parts must not depend on the number of threads: rounding would.
    private const int RowsPerPart = 1024;
    private const int MostParts = 64;

    private readonly NdArray<double> rows;
    private readonly double[] squares;
    private readonly int columns;
    private readonly int clusters;

    public LloydSearch(NdArray<double> rows, KMeansOptions options, Seeded random)
    {
        this.rows = rows;
        (columns, clusters) = (rows.Shape[1], options.Clusters);
        squares = new double[rows.Length];
        for (var row = 0; row < squares.Length; row++)
            squares[row] = TensorPrimitives.SumOfSquares<double>(rows.Row(row));
        Centres = Start(random);
        Labels = new int[rows.Length];
        var still = options.Tolerance * MeanVariance();
        for (var iteration = 0; iteration < options.MaxIterations; iteration++)
        {
            var (changed, next) = Step();
            var moved = TensorPrimitives.Distance<double>(next.Span, Centres.Span);
            Centres = next;
            if (!changed || moved * moved <= still)
                break;
        }
        _ = Step();
    }

    public NdArray<double> Centres { get; private set; }

    public int[] Labels { get; }

    public double Inertia { get; private set; }

    /// <summary>
    /// Gives each row its nearest centre and takes the means; a centre without rows goes to the row farthest from its own.
    /// </summary>
    private (bool Changed, NdArray<double> Next) Step()
    {
        var halves = new double[clusters];
        for (var k = 0; k < clusters; k++)
            halves[k] = TensorPrimitives.SumOfSquares<double>(Centres.Row(k)) / 2;
        var parts = Math.Clamp(rows.Length / RowsPerPart, 1, MostParts);
        var sums = new (double[] Sums, int[] Counts, double Inertia, bool Changed, (double Distance, int Row) Farthest)[parts];
        LearningThreads.For(parts, part =>
        {
            var (mine, counts, inertia, changed, farthest) = (new double[clusters * columns], new int[clusters], 0.0, false, (-1.0, -1));
            for (var row = (int)((long)rows.Length * part / parts); row < (int)((long)rows.Length * (part + 1) / parts); row++)
            {
                var values = rows.Row(row);
                var (best, least) = (0, double.PositiveInfinity);
                for (var k = 0; k < clusters; k++)
                {
                    // Half the squared distance, less what is the same for all centres.
                    var distance = halves[k] - TensorPrimitives.Dot<double>(values, Centres.Row(k));
                    if (distance < least)
                        (best, least) = (k, distance);
                }
                changed |= Labels[row] != best;
                Labels[row] = best;
                counts[best]++;
                var square = Math.Max(0, squares[row] + (2 * least));
                inertia += square;
                if (square > farthest.Item1)
                    farthest = (square, row);
                var sum = mine.AsSpan(best * columns, columns);
                TensorPrimitives.Add(sum, values, sum);
            }
            sums[part] = (mine, counts, inertia, changed, farthest);
        });
        Inertia = sums.Sum(s => s.Inertia);
        var next = NdArray.Zeros<double>(clusters, columns);
        var far = sums.MaxBy(s => s.Farthest.Distance).Farthest.Row;
        for (var k = 0; k < clusters; k++)
        {
            var count = sums.Sum(s => s.Counts[k]);
            var centre = next.Row(k);
            foreach (var part in sums)
                TensorPrimitives.Add(centre, part.Sums.AsSpan(k * columns, columns), centre);
            if (count > 0)
                TensorPrimitives.Divide(centre, count, centre);
            else
                rows.Row(far).CopyTo(centre);
        }
        return (sums.Any(s => s.Changed), next);
    }

    private NdArray<double> Start(Seeded random)
    {
        var centres = NdArray.Zeros<double>(clusters, columns);
        var trials = 2 + (int)Math.Log(clusters);
        rows.Row(random.Integer(rows.Length)).CopyTo(centres.Row(0));
        var nearest = new double[rows.Length];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        var total = Shrink(nearest, centres.Row(0).ToArray());
        for (var k = 1; k < clusters; k++)
        {
            var (best, least, chosen) = (nearest, double.PositiveInfinity, random.Integer(rows.Length));
            for (var trial = 0; trial < trials && total > 0; trial++)
            {
                var row = Draw(nearest, total, random);
                var candidate = nearest.AsSpan().ToArray();
                var sum = Shrink(candidate, rows.Row(row).ToArray());
                if (sum < least)
                    (best, least, chosen) = (candidate, sum, row);
            }
            rows.Row(chosen).CopyTo(centres.Row(k));
            (nearest, total) = (best, double.IsInfinity(least) ? 0 : least);
        }
        return centres;
    }

    /// <summary>Lowers each row's squared distance to that of a new centre; the sum.</summary>
    private double Shrink(double[] nearest, double[] centre)
    {
        var square = TensorPrimitives.SumOfSquares<double>(centre);
        Cores.Split(nearest.Length, nearest.Length > 10_000, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var distance = squares[row] + square - (2 * TensorPrimitives.Dot<double>(rows.Row(row), centre));
                nearest[row] = Math.Min(nearest[row], Math.Max(0, distance));
            }
        });
        return TensorPrimitives.Sum<double>(nearest);
    }

    private static int Draw(double[] weights, double total, Seeded random)
    {
        var left = random.Uniform() * total;
        for (var row = 0; row < weights.Length; row++)
        {
            left -= weights[row];
            if (left < 0)
                return row;
        }
        return weights.Length - 1;
    }

    private double MeanVariance() => squares.Sum() / rows.Length / columns;
}
