namespace Cairn.Learning;

/// <summary>
/// Gives each node its layer (the longest way to it) and its place in the layer, from 1. In a tree a node stands over the middle of its
/// leaves; in other graphs nodes are ordered by the middle of what they come from, which keeps most lines from crossing.
/// </summary>
internal static class DiagramLayout
{
    /// <exception cref="BadInputException">An edge leads nowhere, or edges form a circle.</exception>
    public static IReadOnlyList<(int Layer, double Place)> Of(Diagram diagram)
    {
        var count = diagram.Nodes.Length;
        if (count == 0)
            throw new BadInputException("diagram: there is no node to draw.");
        foreach (var edge in diagram.Edges)
        {
            if (edge.From < 0 || edge.From >= count || edge.To < 0 || edge.To >= count)
                throw new BadInputException($"diagram: the edge from {edge.From} to {edge.To} leads out of {count} nodes.");
        }
        var layers = LayersOf(diagram, count);
        var parents = diagram.Edges.ToLookup(e => e.To, e => e.From);
        var isTree = Enumerable.Range(0, count).All(i => parents[i].Count() <= 1);
        var places = isTree ? TreePlaces(diagram, parents, count) : GraphPlaces(parents, layers);
        return [.. Enumerable.Range(0, count).Select(i => (layers[i], places[i]))];
    }

    private static int[] LayersOf(Diagram diagram, int count)
    {
        var layers = new int[count];
        for (var round = 0; ; round++)
        {
            var changed = false;
            foreach (var edge in diagram.Edges.Where(e => layers[e.To] <= layers[e.From]))
                (layers[edge.To], changed) = (layers[edge.From] + 1, true);
            if (!changed)
                return layers;
            if (round > count)
                throw new BadInputException("diagram: its edges form a circle; only graphs without one can be laid out.");
        }
    }

    private static double[] TreePlaces(Diagram diagram, ILookup<int, int> parents, int count)
    {
        var children = diagram.Edges.ToLookup(e => e.From, e => e.To);
        var places = new double[count];
        var leaves = 0;
        foreach (var root in Enumerable.Range(0, count).Where(i => !parents[i].Any()))
            Place(root);
        return places;

        double Place(int node)
        {
            var below = children[node].Select(Place).ToList();
            return places[node] = below.Count == 0 ? ++leaves : (below[0] + below[^1]) / 2;
        }
    }

    private static double[] GraphPlaces(ILookup<int, int> parents, int[] layers)
    {
        var places = new double[layers.Length];
        foreach (var layer in Enumerable.Range(0, layers.Length).GroupBy(i => layers[i]).OrderBy(g => g.Key))
        {
            var order = layer.OrderBy(i => parents[i].Any() ? parents[i].Average(p => places[p]) : i).ToList();
            for (var i = 0; i < order.Count; i++)
                places[order[i]] = i + 1;
        }
        // Layers with fewer nodes stand in the middle.
        var widest = places.Max();
        foreach (var layer in Enumerable.Range(0, layers.Length).GroupBy(i => layers[i]))
        {
            var spare = (widest - layer.Max(i => places[i])) / 2;
            foreach (var i in layer)
                places[i] += spare;
        }
        return places;
    }
}
