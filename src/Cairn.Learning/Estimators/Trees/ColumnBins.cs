namespace Cairn.Learning;

/// <summary>How one column's numbers fall into at most 255 bins; the 256th (<see cref="Missing"/>) holds what is missing.</summary>
internal sealed class ColumnBins
{
    public const int Missing = 255;
    internal const int MaxSample = 20_000;
    private readonly double[] edges;

    private ColumnBins(double[] edges, bool isCategorical)
    {
        this.edges = edges;
        IsCategorical = isCategorical;
        Count = isCategorical ? edges.Length : edges.Length + 1;
        Lowest = new double[Count];
        Highest = new double[Count];
        Lowest.AsSpan().Fill(double.PositiveInfinity);
        Highest.AsSpan().Fill(double.NegativeInfinity);
    }

    public int Count { get; }

    public bool IsCategorical { get; }

    /// <summary>The least value that fell into each bin.</summary>
    public double[] Lowest { get; }

    /// <summary>The greatest value that fell into each bin.</summary>
    public double[] Highest { get; }

    /// <summary>
    /// A number between what falls into <paramref name="bin"/> and what falls into <paramref name="next"/>: at most it means left.
    /// </summary>
    public double Between(int bin, int next)
    {
        var middle = Highest[bin] + ((Lowest[next] - Highest[bin]) / 2);
        return middle < Lowest[next] ? middle : Highest[bin];
    }

    /// <summary>The category of a bin.</summary>
    public double Category(int bin) => edges[bin];

    /// <summary>Edges halfway between distinct values where these are few, else between quantiles of at most 20,000 rows.</summary>
    /// <param name="sample">Room for those rows.</param>
    public static ColumnBins Of(ReadOnlySpan<double> column, int maxBins, Seeded random, double[] sample)
    {
        var count = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            var value = column.Length <= MaxSample ? column[i] : column[random.Integer(column.Length)];
            if (!double.IsNaN(value))
                sample[count++] = value;
        }
        var sorted = sample.AsSpan(0, count);
        sorted.Sort();
        var distinct = 0;
        for (var i = 0; i < count; i++)
            distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        var found = new List<double>();
        for (var i = 1; i < count && distinct <= maxBins; i++)
        {
            if (sorted[i] != sorted[i - 1])
                found.Add(Halfway(sorted[i - 1], sorted[i]));
        }
        for (var bin = 1; bin < maxBins && distinct > maxBins; bin++)
        {
            var at = (int)((long)bin * count / maxBins);
            while (at < count && at > 0 && sorted[at] == sorted[at - 1])
                at++;
            if (at == 0 || at >= count)
                continue;
            var edge = Halfway(sorted[at - 1], sorted[at]);
            if (found.Count == 0 || edge > found[^1])
                found.Add(edge);
        }
        return new ColumnBins([.. found], false);
    }

    /// <summary>A bin per category.</summary>
    /// <exception cref="BadInputException">There are more categories than bins.</exception>
    public static ColumnBins OfCategories(ReadOnlySpan<double> column, string name)
    {
        var distinct = new SortedSet<double>();
        foreach (var value in column)
        {
            if (!double.IsNaN(value))
                distinct.Add(value);
        }
        return distinct.Count <= Missing
            ? new ColumnBins([.. distinct], true)
            : throw new BadInputException(
                $"Column '{name}' has {distinct.Count} categories; at most {Missing} can be told apart. Group the rare ones.")
            {
                Column = name,
            };
    }

    /// <summary>The bin of each value; remembers what fell into each. A category that was never seen is as if missing.</summary>
    public void Assign(ReadOnlySpan<double> column, Span<byte> bins)
    {
        for (var i = 0; i < bins.Length; i++)
        {
            var value = column[i];
            var bin = Of(value);
            bins[i] = (byte)bin;
            if (bin == Missing)
                continue;
            if (value < Lowest[bin])
                Lowest[bin] = value;
            if (value > Highest[bin])
                Highest[bin] = value;
        }
    }

    private int Of(double value)
    {
        if (double.IsNaN(value))
            return Missing;
        if (IsCategorical)
            return Array.BinarySearch(edges, value) is >= 0 and var found ? found : Missing;
        // The number of edges below the value, halving without a branch.
        var (at, length) = (0, edges.Length);
        while (length > 1)
        {
            var half = length >> 1;
            at += edges[at + half - 1] < value ? half : 0;
            length -= half;
        }
        return length == 1 && edges[at] < value ? at + 1 : at;
    }

    private static double Halfway(double low, double high)
    {
        var middle = low + ((high - low) / 2);
        return middle < high ? middle : low;
    }
}
