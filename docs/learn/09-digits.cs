#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 9. Digits, with a convolutional network
//
// A picture is numbers in a grid, and neighbours belong together. A convolution looks at small windows with the same weights everywhere: what a stroke looks like is
// learned once, not for each place.
using Cairn.Learning;

// ## Handwriting
// Drawn here: strokes in several styles, turned, slanted, bent, with pens of different widths. (With the MNIST files at hand, `Idx.Read` reads them.)
var random = new Seeded(9);
var (images, labels) = DrawnDigits.Draw(900, random);
var (newImages, newLabels) = DrawnDigits.Draw(300, random);
Console.WriteLine($"{images.Shape} numbers; this is a {labels[0]}:");
for (var y = 4; y < 24; y += 2)
    Console.WriteLine(string.Concat(Enumerable.Range(3, 22).Select(x => (images[0, 0, y, x] + images[0, 0, y + 1, x]) switch { > 1.2f => '#', > 0.5f => '+', _ => ' ' })));

// ## The shapes on the way
// A convolution of 8 windows of 3 x 3, padded by 1, turns (n, 1, 28, 28) into (n, 8, 28, 28); pooling by 2 halves the sides. Follow the shapes, and the last linear
// layer's number of inputs is no riddle.
var step = new Convolution2d(1, 8, 3, random, padding: 1).Forward(new Tensor(images[..2]));
Console.WriteLine($"\nafter a convolution {step.Shape}, after pooling {step.MaxPool(2).Shape}, flat {step.MaxPool(2).Reshape(2, -1).Shape}\n");

double Right(Sequential network, NdArray<float> x, NdArray<int> y)
{
    using var pause = Tensor.NoGradient();
    return ClassificationMetrics.Accuracy(y.ToArray(), network.Forward(new Tensor(x)).Value.ArgMax(1).ToArray());
}

// ## Your turn
// Build the network: a convolution of 8 windows of 3 x 3 (padding 1), ReLU, max pooling by 2; a convolution from 8 to 16 of the same kind, ReLU, max pooling by 2; flatten
// (`Activation.Flatten`); a linear layer from 16 * 7 * 7 numbers to 10 scores. `Pooling2d(PoolingKind.Max, 2)` is the pooling layer.

// --- your turn ---
Sequential MakeNetwork(Seeded random) => throw new NotImplementedException();
// --- the check ---

try
{
    var network = MakeNetwork(random);
    if (network.Parameters().Sum(p => p.Count) is var size && size != 80 + 1168 + 7850)
        throw new InvalidOperationException($"the network has {size:N0} numbers to learn and should have {80 + 1168 + 7850:N0}:\n{network.Summary()}");
    Console.WriteLine(network.Summary());
    var optimiser = new Adam(network.Parameters(), 4e-3f);
    foreach (var epoch in Enumerable.Range(1, 4))
    {
        var losses = new List<double>();
        foreach (var (x, y) in new DataLoader<float, int>(images, labels, 30, random))
        {
            var loss = network.Forward(new Tensor(x)).CrossEntropy(y);
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.Step();
            losses.Add(loss.Scalar());
        }
        Console.WriteLine($"pass {epoch}: loss {losses.Average():0.000}, {Right(network, newImages, newLabels):0.000} of new digits right");
    }
    var predicted = network.Forward(new Tensor(newImages)).Value.ArgMax(1).ToArray();
    var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-9.svg");
    File.WriteAllText(file, new Picture(Charts.Confusion(ConfusionMatrix.Of(newLabels.ToArray(), predicted), title: "Which digit is taken for which")) { PanelSize = (520, 460) }.ToSvg());
    Console.WriteLine($"The mistakes are drawn in {file}");
    if (Right(network, newImages, newLabels) < 0.9)
        throw new InvalidOperationException("nine of ten new digits are within reach; does a ReLU stand between the convolutions?");
    Console.WriteLine("Passed: it reads.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
