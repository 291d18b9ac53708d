#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 3. Gradient descent, seen
//
// Learning is a search: there is a number that says how wrong we are (the loss), it depends on a few other numbers (the parameters), and we want it small.
// Gradient descent looks which way is down and takes a step there, again and again.
using Cairn.Learning;

// ## Data with a known truth
// Points around y = 1.5 x - 0.5. The line is what we want to find again.
var random = new Seeded(3);
var x = random.Uniform(-2.0, 2.0, 80);
var y = x * 1.5 - 0.5 + random.Normal<double>(80) * 0.4;

// ## The loss
// For a line with slope a and height b: the mean of the squared distances.
double Loss(double a, double b) => NdMath.Pow(x * a + b - y, 2).Mean();
Console.WriteLine($"a bad line loses {Loss(-1, 2):0.00}, the true one {Loss(1.5, -0.5):0.00}");

// Its gradient says how the loss changes with each parameter: twice the mean of error times what the parameter is multiplied with.
(double A, double B) Gradient(double a, double b)
{
    var error = x * a + b - y;
    return (2 * (error * x).Mean(), 2 * error.Mean());
}

// Always hold a gradient against a difference: change a little, look what the loss does.
var (ga, gb) = Gradient(-1, 2);
const double h = 1e-6;
Console.WriteLine($"gradient {ga:0.0000}, {gb:0.0000}; by differences {(Loss(-1 + h, 2) - Loss(-1 - h, 2)) / (2 * h):0.0000}, {(Loss(-1, 2 + h) - Loss(-1, 2 - h)) / (2 * h):0.0000}\n");

// ## The walk
// A step against the gradient, as long as the learning rate says. Three rates: a timid one, a good one, one that overshoots further each time.
List<(double A, double B)> Walk(double rate, int steps)
{
    var path = new List<(double A, double B)> { (-1, 2) };
    for (var i = 0; i < steps; i++)
    {
        var (a, b) = path[^1];
        var (da, db) = Gradient(a, b);
        path.Add((a - rate * da, b - rate * db));
    }
    return path;
}

var panels = new List<Panel>();
foreach (var rate in new[] { 0.01, 0.15, 0.8 })
{
    var path = Walk(rate, 25);
    Console.WriteLine($"rate {rate}: after 25 steps slope {path[^1].A:0.00}, height {path[^1].B:0.00}, loss {Loss(path[^1].A, path[^1].B):0.000}");
    panels.Add(Charts.LossSurface(Loss, (-2, 4), (-3, 3), [.. path.Select(p => p.A)], [.. path.Select(p => p.B)], $"learning rate {rate}") with { X = "slope", Y = "height" });
}
var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-3.svg");
File.WriteAllText(file, new Picture([.. panels]) { Columns = 3, Title = "Walking downhill" }.ToSvg());
Console.WriteLine($"The walks are drawn in {file}\n");

// ## Your turn
// A ball does not forget where it was rolling. Momentum keeps a velocity beside the parameters: at each step the velocity is multiplied by 0.9 and the
// gradient, times the rate, is taken off it; then the velocity is added to the parameters. Write one step. It gets where the timid walk did not.

// --- your turn ---
(double Position, double Velocity) Step(double position, double velocity, double gradient, double rate) => throw new NotImplementedException();
// --- the check ---

try
{
    var (a, b, va, vb) = (-1.0, 2.0, 0.0, 0.0);
    for (var i = 0; i < 150; i++)
    {
        var (da, db) = Gradient(a, b);
        ((a, va), (b, vb)) = (Step(a, va, da, 0.01), Step(b, vb, db, 0.01));
    }
    var (plainA, plainB) = Walk(0.01, 150)[^1];
    Console.WriteLine($"with momentum: loss {Loss(a, b):0.00000}; without: {Loss(plainA, plainB):0.00000}");
    var first = Step(2, 0.5, 3, 0.1);
    if (Math.Abs(first.Velocity - 0.15) > 1e-12 || Math.Abs(first.Position - 2.15) > 1e-12)
        throw new InvalidOperationException($"from position 2 and velocity 0.5, with gradient 3 and rate 0.1, a step should lead to 2.15 with velocity 0.15, not to {first.Position:0.###} with {first.Velocity:0.###}");
    if (Math.Abs(a - 1.5) > 0.15 || Math.Abs(b + 0.5) > 0.15)
        throw new InvalidOperationException($"the walk ends at {a:0.00}, {b:0.00}, and the truth is near 1.5, -0.5");
    Console.WriteLine("Passed: the line is found again.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
