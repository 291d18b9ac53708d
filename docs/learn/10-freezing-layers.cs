#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 10. Freezing layers
//
// What was learned on one task helps with the next. Keep the layers that see (freeze them), replace the layer that decides, and a handful of examples is enough where
// thousands were needed before. That is how nearly every model is put to a new use.
using Cairn.Learning;

// ## Two tasks
// A network learns the digits 0 to 6 from plenty of examples. Then 7, 8 and 9 have to be told apart, and there are only five examples of each.
var random = new Seeded(10);
int[] Low(int count) => [.. Enumerable.Range(0, count).Select(i => i % 7)];
int[] High(int count) => [.. Enumerable.Range(0, count).Select(i => 7 + (i % 3))];
var (many, manyLabels) = DrawnDigits.Draw(Low(840), random);
var (few, fewDigits) = DrawnDigits.Draw(High(15), random);
var (test, testDigits) = DrawnDigits.Draw(High(300), random);
var (fewLabels, testLabels) = (fewDigits - 7, testDigits - 7);

static Sequential Eyes(Seeded random) => new(
    new Convolution2d(1, 8, 3, random, padding: 1), Activation.Relu, new Pooling2d(PoolingKind.Max, 2),
    new Convolution2d(8, 16, 3, random, padding: 1), Activation.Relu, new Pooling2d(PoolingKind.Max, 2), Activation.Flatten,
    new Linear(16 * 7 * 7, 32, random), Activation.Relu);

static void Learn(Sequential network, NdArray<float> x, NdArray<int> y, int passes, float rate, Seeded random)
{
    // Frozen parameters have no gradient, and the optimiser leaves them alone.
    var optimiser = new Adam(network.Parameters(), rate);
    for (var pass = 0; pass < passes; pass++)
    {
        foreach (var (inputs, targets) in new DataLoader<float, int>(x, y, 30, random))
        {
            var loss = network.Forward(new Tensor(inputs)).CrossEntropy(targets);
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.Step();
        }
    }
}

double Right(Sequential network)
{
    using var pause = Tensor.NoGradient();
    return ClassificationMetrics.Accuracy(testLabels.ToArray(), network.Forward(new Tensor(test)).Value.ArgMax(1).ToArray());
}

// ## Your turn
// `eyes` are the layers that have learned to see. Freeze them (`Freeze()`), and put a new linear layer from their 32 numbers to 3 scores behind them: a `Sequential` of the eyes and the
// new layer. A `Sequential` is a layer, so it may stand inside another one.

// --- your turn ---
Sequential Reuse(Sequential eyes, Seeded random) => throw new NotImplementedException();
// --- the check ---

try
{
    // First the new network with eyes that have seen nothing, to look at its form.
    var blind = Eyes(random);
    var form = Reuse(blind, random);
    if (blind.Parameters().Any(p => p.RequiresGradient))
        throw new InvalidOperationException("some parameters of the eyes still learn; freeze them all");
    if (form.Parameters().Where(p => p.RequiresGradient).Sum(p => p.Count) is var learning && learning != (32 * 3) + 3)
        throw new InvalidOperationException($"{learning:N0} numbers learn, and only the new layer's {(32 * 3) + 3} should:\n{form.Summary()}");

    var eyes = Eyes(random);
    var first = new Sequential(eyes, new Linear(32, 7, random));
    Learn(first, many, manyLabels, 3, 4e-3f, random);
    var before = eyes.Parameters().First().Value.ToArray();
    var network = Reuse(eyes, random);
    Console.WriteLine(network.Summary());
    Learn(network, few, fewLabels, 100, 1e-2f, random);
    if (!before.SequenceEqual(eyes.Parameters().First().Value.ToArray()))
        throw new InvalidOperationException("the frozen layers moved");

    Learn(form, few, fewLabels, 100, 1e-2f, random);
    Console.WriteLine($"five examples of each new digit; right on new ones: {Right(network):0.000} with eyes that had learned other digits, {Right(form):0.000} with eyes that had seen nothing");
    if (Right(network) < Right(form) + 0.05)
        throw new InvalidOperationException("trained eyes should do better than blind ones");
    Console.WriteLine("Passed: what was learned once is used again.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
