namespace Cairn.Learning;

/// <summary>Trees as a few long arrays, as a model file keeps them: one node after the other, tree after tree.</summary>
internal sealed class TreeSet : IStorable
{
    private Tree[] trees = [];

    public TreeSet()
    {
    }

    public TreeSet(Tree[] trees) => this.trees = trees;

    /// <summary>Names the trees of an ensemble; what is read asks about no column beyond <paramref name="columns"/>.</summary>
    /// <param name="outputs">Values per node.</param>
    public static void Exchange(ModelState state, string name, ref Tree[] trees, int columns, int outputs)
    {
        TreeSet? set = new(trees);
        state.Part(name, ref set);
        if (!state.IsReading)
            return;
        state.Require(set is not null, $"'{name}' is empty");
        trees = set!.trees;
        state.Require(trees.All(t => t.Outputs == outputs && t.Nodes.All(n => n.Column < columns)),
            $"'{name}' has trees over other columns or outputs than were learned from");
    }

    public void Exchange(ModelState state)
    {
        var counts = Array.ConvertAll(trees, t => t.Nodes.Count);
        var outputs = trees.Length == 0 ? 1 : trees[0].Outputs;
        double[] thresholds = Each(n => n.Threshold), values = Of(t => t.Parts.Values), gains = Of(t => t.Parts.Gains), rows =
            Of(t => t.Parts.Rows);
        int[] columns = Each(n => n.Column), left = Each(n => n.Left), right = Each(n => n.Right);
        byte[] missingLeft = Each(n => n.MissingLeft ? (byte)1 : (byte)0);
        int[][] asked = Array.ConvertAll(trees, t => t.Parts.Categories?.Keys.Order().ToArray() ?? []);
        double[][] categories = [.. trees.SelectMany((t, i) => asked[i].Select(node => t.Parts.Categories![node]))];
        state.Value("outputs", ref outputs);
        state.Numbers("counts", ref counts);
        state.Numbers("thresholds", ref thresholds);
        state.Numbers("values", ref values);
        state.Numbers("gains", ref gains);
        state.Numbers("rows", ref rows);
        state.Numbers("columns", ref columns);
        state.Numbers("left", ref left);
        state.Numbers("right", ref right);
        state.Numbers("missingLeft", ref missingLeft);
        state.Lists("asked", ref asked);
        state.Lists("categories", ref categories);
        if (!state.IsReading)
            return;
        var total = counts.Sum(c => (long)c);
        state.Require(outputs > 0 && counts.All(c => c > 0) && asked.Length == counts.Length
            && asked.Sum(a => a.Length) == categories.Length, "the trees' counts do not fit each other");
        state.Require(total == thresholds.Length && total == gains.Length && total == rows.Length && total == columns.Length
            && total == left.Length
            && total == right.Length && total == missingLeft.Length && total * outputs == values.Length,
            "the trees' arrays differ in length");
        trees = new Tree[counts.Length];
        var (at, category) = (0, 0);
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var nodes = new TreeNode[counts[tree]];
            for (var i = 0; i < nodes.Length; i++)
            {
                var node = new TreeNode(thresholds[at + i], columns[at + i], left[at + i], right[at + i], missingLeft[at + i] != 0);
                // Children stand behind their parent, so every way through a tree ends.
                state.Require(node.IsLeaf || (node.Left > i && node.Left < nodes.Length && node.Right > i && node.Right < nodes.Length),
                    $"tree {tree} has a node that leads nowhere");
                nodes[i] = node;
            }
            var sets = new Dictionary<int, double[]>();
            foreach (var node in asked[tree])
                state.Require((uint)node < (uint)nodes.Length && sets.TryAdd(node, categories[category++]),
                    $"tree {tree} has categories without a node");
            trees[tree] = new Tree(nodes, values[(at * outputs)..((at + nodes.Length) * outputs)], gains[at..(at + nodes.Length)],
                rows[at..(at + nodes.Length)], outputs, sets);
            at += nodes.Length;
        }

        T[] Each<T>(Func<TreeNode, T> value) => [.. trees.SelectMany(t => t.Nodes.Select(value))];
        double[] Of(Func<Tree, double[]> part) => [.. trees.SelectMany(part)];
    }
}
