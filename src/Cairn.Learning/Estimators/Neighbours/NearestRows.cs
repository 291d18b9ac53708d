namespace Cairn.Learning;

/// <summary>
/// Finds the nearest rows by Euclidean distance, exactly: with a k-d tree (Bentley, 1975) in up to 20 dimensions, else by looking at all
/// rows.
/// </summary>
internal sealed class NearestRows
{
    private const int LeafSize = 24;
    private const int MostDimensions = 20;
    private readonly double[] rows;
    private readonly int dimensions;
    private readonly int[] order;
    private readonly List<(int From, int To, int Axis, double Cut, int Left, int Right)> nodes = [];

    public NearestRows(NdArray<double> matrix)
    {
        rows = matrix.ToArray();
        dimensions = matrix.Shape[1];
        order = Enumerable.Range(0, matrix.Shape[0]).ToArray();
        Part(0, order.Length);
    }

    /// <summary>Row numbers and distances, nearest first.</summary>
    public (int Row, double Distance)[] Find(ReadOnlySpan<double> point, int count)
    {
        // The worst of the best found is on top: the farthest, of equals the later row.
        var best = new PriorityQueue<int, (double, int)>(count, Comparer<(double, int)>.Create((a, b) => b.CompareTo(a)));
        Visit(0, point, best, count);
        var found = new (int, double)[best.Count];
        for (var i = found.Length - 1; i >= 0; i--)
        {
            best.TryDequeue(out var row, out var key);
            found[i] = (row, Math.Sqrt(key.Item1));
        }
        return found;
    }

    private int Part(int from, int to)
    {
        var node = nodes.Count;
        nodes.Add((from, to, -1, 0, -1, -1));
        if (to - from <= LeafSize || dimensions > MostDimensions)
            return node;
        var (axis, widest) = (-1, 0.0);
        for (var a = 0; a < dimensions; a++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = from; i < to; i++)
            {
                low = Math.Min(low, rows[(order[i] * dimensions) + a]);
                high = Math.Max(high, rows[(order[i] * dimensions) + a]);
            }
            if (high - low > widest)
                (axis, widest) = (a, high - low);
        }
        if (axis < 0)
            return node;
        Array.Sort(order, from, to - from,
            Comparer<int>.Create((x, y) => rows[(x * dimensions) + axis].CompareTo(rows[(y * dimensions) + axis])));
        var middle = (from + to) / 2;
        var cut = rows[(order[middle] * dimensions) + axis];
        var left = Part(from, middle);
        var right = Part(middle, to);
        nodes[node] = (from, to, axis, cut, left, right);
        return node;
    }

    private void Visit(int at, ReadOnlySpan<double> point, PriorityQueue<int, (double, int)> best, int count)
    {
        var node = nodes[at];
        if (node.Axis < 0)
        {
            for (var i = node.From; i < node.To; i++)
            {
                var row = order[i];
                var distance = System.Numerics.Tensors.TensorPrimitives.Distance(point, rows.AsSpan(row * dimensions, dimensions));
                var key = (distance * distance, row);
                if (best.Count < count)
                    best.Enqueue(row, key);
                else if (best.TryPeek(out _, out var worst) && key.CompareTo(worst) < 0)
                    best.EnqueueDequeue(row, key);
            }
            return;
        }
        var across = point[node.Axis] - node.Cut;
        Visit(across < 0 ? node.Left : node.Right, point, best, count);
        if (best.Count < count || (best.TryPeek(out _, out var far) && across * across <= far.Item1))
            Visit(across < 0 ? node.Right : node.Left, point, best, count);
    }
}
