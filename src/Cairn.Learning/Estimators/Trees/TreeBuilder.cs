namespace Cairn.Learning;

/// <summary>Collects the nodes of a tree while it grows, then of the next: its room is used again.</summary>
internal sealed class TreeBuilder(int outputs)
{
    private readonly List<TreeNode> nodes = [];
    private readonly List<double> values = [];
    private readonly List<double> gains = [];
    private readonly List<double> rows = [];
    private Dictionary<int, double[]> categories = [];

    /// <summary>A new leaf; its number.</summary>
    public int Leaf(ReadOnlySpan<double> leafValues, double leafRows)
    {
        nodes.Add(new TreeNode(0, -1, 0, 0, false));
        foreach (var value in leafValues)
            values.Add(value);
        gains.Add(0);
        rows.Add(leafRows);
        return nodes.Count - 1;
    }

    /// <summary>Makes a leaf a question.</summary>
    public void Ask(int node, TreeNode question, double gain, double[]? leftCategories = null)
    {
        nodes[node] = question;
        gains[node] = gain;
        if (leftCategories is not null)
            categories[node] = leftCategories;
    }

    /// <summary>Where the answer to a node's question leads.</summary>
    public void Lead(int node, bool left, int child)
        => nodes[node] = left ? nodes[node] with { Left = child } : nodes[node] with { Right = child };

    public void Scale(double factor)
    {
        for (var i = 0; i < values.Count; i++)
            values[i] *= factor;
    }

    /// <summary>The tree; the builder is empty again.</summary>
    public Tree Build()
    {
        var tree = new Tree([.. nodes], [.. values], [.. gains], [.. rows], outputs, categories);
        nodes.Clear();
        values.Clear();
        gains.Clear();
        rows.Clear();
        categories = [];
        return tree;
    }
}
