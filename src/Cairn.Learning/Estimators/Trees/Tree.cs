namespace Cairn.Learning;

/// <summary>A grown tree: node 0 is the root, every node has <see cref="Outputs"/> values (class shares, or a number).</summary>
public sealed class Tree
{
    private readonly TreeNode[] nodes;
    private readonly double[] values;
    private readonly double[] gains;
    private readonly double[] rows;
    private readonly Dictionary<int, double[]>? categories;

    internal Tree(TreeNode[] nodes, double[] values, double[] gains, double[] rows, int outputs, Dictionary<int, double[]>? categories)
    {
        this.nodes = nodes;
        this.values = values;
        this.gains = gains;
        this.rows = rows;
        this.categories = categories is { Count: > 0 } ? categories : null;
        Outputs = outputs;
    }

    internal (double[] Values, double[] Gains, double[] Rows, Dictionary<int, double[]>? Categories) Parts
        => (values, gains, rows, categories);

    /// <summary>How many values a node has.</summary>
    public int Outputs { get; }

    public IReadOnlyList<TreeNode> Nodes => nodes;

    public int Leaves => nodes.Count(n => n.IsLeaf);

    public int Depth => DepthBelow(0);

    /// <summary>The values of a node.</summary>
    public ReadOnlySpan<double> ValuesOf(int node) => values.AsSpan(node * Outputs, Outputs);

    /// <summary>How many training rows (bootstrap repeats counted) reached a node.</summary>
    public double RowsOf(int node) => rows[node];

    /// <summary>How much a node's question lowered the loss.</summary>
    public double GainOf(int node) => gains[node];

    /// <summary>The categories that lead left, ascending, where a node asks about categories; else empty.</summary>
    public ReadOnlySpan<double> LeftCategoriesOf(int node)
        => categories is not null && categories.TryGetValue(node, out var left) ? left : [];

    /// <summary>The leaf that a row of features reaches.</summary>
    public int LeafOf(ReadOnlySpan<double> row)
    {
        var at = 0;
        while (true)
        {
            ref readonly var node = ref nodes[at];
            if (node.Column < 0)
                return at;
            var value = row[node.Column];
            bool left;
            if (double.IsNaN(value))
                left = node.MissingLeft;
            else if (categories is not null && categories.TryGetValue(at, out var set))
                left = Array.BinarySearch(set, value) >= 0;
            else
                left = value <= node.Threshold;
            at = left ? node.Left : node.Right;
        }
    }

    internal void AddTo(ReadOnlySpan<double> row, Span<double> sums)
    {
        var at = LeafOf(row) * Outputs;
        for (var i = 0; i < sums.Length; i++)
            sums[i] += values[at + i];
    }

    internal double First(ReadOnlySpan<double> row) => values[LeafOf(row) * Outputs];

    internal void AddGainsTo(Span<double> columns)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!nodes[i].IsLeaf)
                columns[nodes[i].Column] += gains[i];
        }
    }

    private int DepthBelow(int node)
        => nodes[node].IsLeaf ? 0 : 1 + Math.Max(DepthBelow(nodes[node].Left), DepthBelow(nodes[node].Right));
}
