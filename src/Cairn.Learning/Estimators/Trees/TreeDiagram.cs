namespace Cairn.Learning;

/// <summary>A tree as boxes and arrows: questions with the rows that reach them, leaves with their values.</summary>
public static class TreeDiagram
{
    /// <param name="nameOf">A column's name; <c>x3</c> where null.</param>
    /// <param name="classes">Names of the classes by position: a leaf then says the most probable one and its share. Null for
    /// numbers.</param>
    /// <param name="depth">Questions deeper than this are drawn as if they were leaves.</param>
    public static Diagram Of(Tree tree, Func<int, string>? nameOf = null, IReadOnlyList<string>? classes = null, int depth = 3)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (classes is not null && classes.Count != tree.Outputs)
            throw new ShapeException("tree diagram", $"{classes.Count} names of classes for a tree of {tree.Outputs} outputs");
        var nodes = new List<DiagramNode>();
        var edges = new List<DiagramEdge>();
        Draw(0, 0);
        return new Diagram { Nodes = [.. nodes], Edges = [.. edges] };

        int Draw(int at, int below)
        {
            var position = nodes.Count;
            var node = tree.Nodes[at];
            if (node.IsLeaf || below == depth)
            {
                nodes.Add(Leaf(at));
                return position;
            }
            var name = nameOf?.Invoke(node.Column) ?? $"x{node.Column}";
            var set = tree.LeftCategoriesOf(at);
            var question = set.Length > 0 ? $"is one of {set.Length}" : FormattableString.Invariant($"at most {node.Threshold:G4}");
            nodes.Add(new DiagramNode(FormattableString.Invariant($"{name}\n{question}?\n{tree.RowsOf(at):0} rows")));
            edges.Add(new DiagramEdge(position, Draw(node.Left, below + 1), "yes"));
            edges.Add(new DiagramEdge(position, Draw(node.Right, below + 1), "no"));
            return position;
        }

        DiagramNode Leaf(int at)
        {
            var values = tree.ValuesOf(at);
            var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values);
            var text = classes is null
                ? FormattableString.Invariant($"{values[0]:G4}")
                : FormattableString.Invariant($"{classes[best]}\n{values[best]:0%}");
            return new DiagramNode(FormattableString.Invariant($"{text}\n{tree.RowsOf(at):0} rows"), 1 + best);
        }
    }
}
