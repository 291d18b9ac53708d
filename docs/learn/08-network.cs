#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 8. A network from scratch
//
// Two layers, written out: numbers times weights, a bend, numbers times weights again. And the way back, which is nothing but the chain rule, applied
// to one array after the other. After this there is no magic left in training.
using Cairn.Learning;

// ## Two moons
// Two classes that no straight line can part.
var random = new Seeded(8);
const int count = 200;
var (points, labels) = (NdArray.Zeros<double>(count, 2), new int[count]);
for (var i = 0; i < count; i++)
{
    var angle = random.Uniform(0, Math.PI);
    labels[i] = i % 2;
    (points[i, 0], points[i, 1]) = i % 2 == 0 ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
    points[i, 0] += random.Normal(0, 0.12);
    points[i, 1] += random.Normal(0, 0.12);
}
var wanted = NdArray<double>.Over([.. labels.Select(l => (double)l)], count, 1);

// ## Forward
// x (n, 2) -> hidden = tanh(x W1 + b1) (n, 16) -> p = sigmoid(hidden W2 + b2) (n, 1): the probability of class 1.
var net = new Net(
    random.Normal<double>(2, 16) * 0.7, NdArray.Zeros<double>(16),
    random.Normal<double>(16, 1) * 0.5, NdArray.Zeros<double>(1));

// ## Backward
// The mean log loss has a derivative with respect to each array of the net. `Gradients` is yours to write, at the end of this file. First its parts:
// - the loss with respect to what the sigmoid got is (p - wanted) / n, shape (n, 1): sigmoid and log loss cancel to that;
// - for z = h W + b:  dW = h' dz,  db = dz summed over the rows,  dh = dz W'  (the prime turns rows and columns);
// - for h = tanh(a):  da = dh * (1 - h * h).

// --- your turn ---
Net Gradients(Net net, NdArray<double> x, NdArray<double> wanted) => throw new NotImplementedException();
// --- the check ---

try
{
    // A gradient that was not held against differences is a guess.
    var gradients = Gradients(net, points, wanted);
    foreach (var (name, parameter, gradient) in net.Parts().Zip(gradients.Parts(), (p, g) => (p.Name, p.Array, g.Array)))
    {
        if (parameter.Shape != gradient.Shape)
            throw new InvalidOperationException($"the gradient of {name} has shape {gradient.Shape} and should have {parameter.Shape}");
        var (flat, slopes) = (parameter.Ravel(), gradient.Ravel());
        for (var i = 0; i < flat.Count; i += Math.Max(1, flat.Count / 7))
        {
            var (before, h) = (flat[i], 1e-6);
            flat[i] = before + h;
            var up = net.Loss(points, wanted);
            flat[i] = before - h;
            var down = net.Loss(points, wanted);
            flat[i] = before;
            if (Math.Abs((up - down) / (2 * h) - slopes[i]) > 1e-6)
                throw new InvalidOperationException($"the gradient of {name}[{i}] is {slopes[i]:0.000000}, and the difference says {(up - down) / (2 * h):0.000000}");
        }
    }
    Console.WriteLine("The gradients agree with differences.");

    // The five steps of every training loop: forward, loss, backward, step, and again.
    var losses = new List<double>();
    for (var step = 0; step < 300; step++)
    {
        losses.Add(net.Loss(points, wanted));
        net = net.Step(Gradients(net, points, wanted), rate: 1.0);
        if (step % 100 == 0)
            Console.WriteLine($"step {step,3}: loss {losses[^1]:0.000}");
    }
    var right = Enumerable.Range(0, count).Count(i => (net.Forward(points).P[i, 0] > 0.5 ? 1 : 0) == labels[i]);
    Console.WriteLine($"after 300 steps: loss {net.Loss(points, wanted):0.000}, {right} of {count} right");
    var (xs, ys) = (points[Slice.All, 0].ToArray(), points[Slice.All, 1].ToArray());
    double[] steps = [.. Enumerable.Range(0, losses.Count).Select(i => (double)i)];
    var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-8.svg");
    File.WriteAllText(file, new Picture(
        Charts.DecisionBoundary(xs, ys, labels, grid => Classes(net, grid), resolution: 50, title: "What the net says everywhere"),
        Charts.Line(steps, losses, "Loss") with { X = "step" }).ToSvg());
    Console.WriteLine($"Drawn in {file}");
    if (right < count * 0.95)
        throw new InvalidOperationException("it should get 95 of 100 right");
    Console.WriteLine("Passed: a network, and nothing hidden in it.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}

static int[] Classes(Net net, IReadOnlyList<(double X, double Y)> grid)
{
    var x = NdArray<double>.Over([.. grid.SelectMany(g => new[] { g.X, g.Y })], grid.Count, 2);
    return [.. net.Forward(x).P.ToArray().Select(p => p > 0.5 ? 1 : 0)];
}

/// <summary>The four arrays of the net; a gradient has the same four.</summary>
internal sealed record Net(NdArray<double> W1, NdArray<double> B1, NdArray<double> W2, NdArray<double> B2)
{
    public (NdArray<double> Hidden, NdArray<double> P) Forward(NdArray<double> x)
    {
        var hidden = NdMath.Tanh(x.MatMul(W1) + B1);
        return (hidden, NdMath.Sigmoid(hidden.MatMul(W2) + B2));
    }

    public double Loss(NdArray<double> x, NdArray<double> wanted)
    {
        var p = NdMath.Clip(Forward(x).P, 1e-12, 1 - 1e-12);
        return -(wanted * NdMath.Log(p) + (1.0 - wanted) * NdMath.Log(1.0 - p)).Mean();
    }

    public Net Step(Net gradients, double rate)
        => new(W1 - gradients.W1 * rate, B1 - gradients.B1 * rate, W2 - gradients.W2 * rate, B2 - gradients.B2 * rate);

    public (string Name, NdArray<double> Array)[] Parts() => [("W1", W1), ("B1", B1), ("W2", W2), ("B2", B2)];
}
