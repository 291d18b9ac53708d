namespace Cairn.Learning.Tests;

public sealed class TreeDiagramTests
{
    private static readonly NdArray<double> Rows = NdArray.FromRows(new[,] { { 1.0 }, { 2 }, { 3 }, { 4 } });

    [Fact]
    public void A_question_stands_above_its_answers()
    {
        var tree = new DecisionTreeClassifier();
        tree.Fit(Rows, [0, 0, 0, 1]);
        var diagram = TreeDiagram.Of(tree.Tree!, _ => "age", ["no", "yes"]);
        Assert.Equal(["age\nat most 3.5?\n4 rows", "no\n100%\n3 rows", "yes\n100%\n1 rows"], diagram.Nodes.Select(n => n.Text));
        Assert.Equal([new(0, 1, "yes"), new(0, 2, "no")], diagram.Edges);
        Assert.Contains("at most 3.5", new Picture(diagram).ToSvg());
    }

    [Fact]
    public void What_is_deeper_than_asked_for_is_drawn_as_a_leaf()
    {
        var tree = new DecisionTreeRegressor();
        tree.Fit(Rows, [1, 2, 3, 4]);
        Assert.Equal(3, TreeDiagram.Of(tree.Tree!, depth: 1).Nodes.Length);
        Assert.Equal(7, TreeDiagram.Of(tree.Tree!).Nodes.Length);
    }

    [Fact]
    public void Names_for_another_number_of_classes_are_refused()
    {
        var tree = new DecisionTreeClassifier();
        tree.Fit(Rows, [0, 0, 1, 1]);
        Assert.Throws<ShapeException>(() => TreeDiagram.Of(tree.Tree!, classes: ["one"]));
    }
}
