#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 5. Trees and forests
//
// A tree asks questions: is the draught at most 4.2? It can be read by anyone, and it learns the noise as willingly as the truth. A forest of trees that
// differ from each other votes the noise away.
using Cairn.Learning;

// ## Ships that are let into the lock, or not
// The rule: shallow enough for the tide, or short enough for the small chamber. A twentieth of the decisions were mistakes, and two columns say nothing at all.
var random = new Seeded(5);
var (train, trainLabels) = Make(600);
var (test, testLabels) = Make(1000);

(Features Features, int[] Labels) Make(int count)
{
    var matrix = NdArray.Zeros<double>(count, 5);
    var labels = new int[count];
    for (var i = 0; i < count; i++)
    {
        var (draught, length, tide) = (random.Uniform(1, 9), random.Uniform(20, 160), random.Uniform(-1, 2));
        (matrix[i, 0], matrix[i, 1], matrix[i, 2], matrix[i, 3], matrix[i, 4]) = (draught, length, tide, random.Normal(), random.Uniform(0, 365));
        labels[i] = draught < 5 + tide || length < 45 ? 1 : 0;
        if (random.Bernoulli(0.05))
            labels[i] = 1 - labels[i];
    }
    return (new Features(matrix, ["draught", "length", "tide", "mood of the keeper", "day of the year"]), labels);
}

double Accuracy(IClassifier model, Features features, int[] labels) => ClassificationMetrics.Accuracy(labels, model.Predict(features));

// ## One tree
// Grown to the end it knows every row by heart, mistakes included. Kept small, it has to find what matters.
foreach (var depth in new int?[] { 2, 4, null })
{
    var tree = new DecisionTreeClassifier(new() { MaxDepth = depth });
    tree.Fit(train, trainLabels);
    Console.WriteLine($"a tree of depth {tree.Tree!.Depth,2} with {tree.Tree.Leaves,3} leaves: {Accuracy(tree, train, trainLabels):0.000} on what it saw, {Accuracy(tree, test, testLabels):0.000} on new ships");
}

var small = new DecisionTreeClassifier(new() { MaxDepth = 3 });
small.Fit(train, trainLabels);
var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-5.svg");
File.WriteAllText(file, new Picture(Draw(small.Tree!)) { PanelSize = (900, 420) }.ToSvg());
Console.WriteLine($"A tree of depth 3 is drawn in {file}\n");

Diagram Draw(Tree tree)
{
    var nodes = tree.Nodes.Select((node, i) => node.IsLeaf
        ? new DiagramNode($"{(tree.ValuesOf(i)[1] > 0.5 ? "let in" : "wait")}\n{tree.ValuesOf(i)[1]:0%} of {tree.RowsOf(i):0}", tree.ValuesOf(i)[1] > 0.5 ? 2 : 1)
        : new DiagramNode($"{train.NameOf(node.Column)}\nat most {node.Threshold:0.#}?"));
    var edges = tree.Nodes.SelectMany((node, i) => node.IsLeaf ? [] : new[] { new DiagramEdge(i, node.Left, "yes"), new DiagramEdge(i, node.Right, "no") });
    return new Diagram { Nodes = [.. nodes], Edges = [.. edges], Title = "Is the ship let in?" };
}

// ## A forest
// Each tree learns from rows drawn anew and asks about a few columns at a time, so that each errs in its own way.
var forest = new RandomForestClassifier(new() { Trees = 60, Seed = 5 });
forest.Fit(train, trainLabels);
Console.WriteLine($"60 trees: {Accuracy(forest, train, trainLabels):0.000} on what they saw, {Accuracy(forest, test, testLabels):0.000} on new ships (the rule itself would reach .95)");
foreach (var (name, share) in train.Names!.Zip(forest.Importances).OrderByDescending(p => p.Second))
    Console.WriteLine($"  {share,6:0.0%}  {name}");
Console.WriteLine();

// ## Your turn
// Importances that trees report are shares of what they learned, noise included. An honest question is: how much worse do predictions of *new* ships get when one
// column is shuffled? Write it: for one column, the accuracy on the features as they are, less the accuracy with that column's values put in another order
// (`random.Permutation(n)` gives one), the mean of ten shuffles.

// --- your turn ---
double Importance(IClassifier model, Features features, int[] labels, int column, Seeded random) => throw new NotImplementedException();
// --- the check ---

try
{
    var drops = Enumerable.Range(0, 5).Select(c => Importance(forest, test, testLabels, c, new Seeded(c))).ToArray();
    foreach (var (name, drop) in test.Names!.Zip(drops))
        Console.WriteLine($"  {drop,6:0.000}  {name}");
    if (Math.Abs(Accuracy(forest, test, testLabels) - ClassificationMetrics.Accuracy(testLabels, forest.Predict(test))) > 0)
        throw new InvalidOperationException("the features were changed; shuffle a copy");
    if (drops[0] < 0.2 || drops[1] < 0.05 || drops[2] < 0.02)
        throw new InvalidOperationException("draught, length and tide should matter");
    if (Math.Abs(drops[3]) > 0.01 || Math.Abs(drops[4]) > 0.01)
        throw new InvalidOperationException("the keeper's mood and the day of the year say nothing, and shuffling them should change next to nothing");
    Console.WriteLine("Passed: shuffling tells the columns that matter from those that do not.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
