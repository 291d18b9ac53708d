#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 11. An LSTM that foresees the tide
//
// A recurrent network reads a sequence step by step and keeps a state. An LSTM keeps two: what it says, and what it remembers, with gates that decide what is
// forgotten, what is written and what is shown.
using Cairn.Learning;

// ## The water level
// The moon's tide, the sun's tide, a slow weather, and the float's trembling: one number an hour.
var random = new Seeded(11);
const int hours = 900, learned = 650, window = 24;
var level = new float[hours];
var weather = 0.0;
for (var t = 0; t < hours; t++)
{
    weather = (0.98 * weather) + random.Normal(0, 0.02);
    level[t] = (float)(Math.Sin(2 * Math.PI * t / 12.42) + (0.4 * Math.Sin(2 * Math.PI * t / 12.0)) + weather + random.Normal(0, 0.03));
}

// ## The simplest forecast
// Whatever a network says has to be held against saying "in an hour it is as it is now", or else a large number looks good.
var same = Math.Sqrt(Enumerable.Range(learned + window, hours - learned - window).Average(t => Math.Pow(level[t] - level[t - 1], 2)));
Console.WriteLine($"as it is now: off by {same:0.000} m on average\n");

// ## Your turn
// Cut the series into windows. Window i holds `length` numbers from place i on, and its target is the number right after them. The inputs have the shape (windows, length, 1), the targets
// (windows, 1), and there are as many windows as have a target: series.Length - length.

// --- your turn ---
(NdArray<float> Inputs, NdArray<float> Targets) Windows(ReadOnlySpan<float> series, int length) => throw new NotImplementedException();
// --- the check ---

try
{
    var (tiny, after) = Windows([1, 2, 3, 4, 5], 2);
    if (tiny.Shape != Shape.Of(3, 2, 1) || after.Shape != Shape.Of(3, 1))
        throw new InvalidOperationException($"five numbers in windows of two have inputs of shape (3, 2, 1) and targets (3, 1), not {tiny.Shape} and {after.Shape}");
    if (!tiny.ToArray().SequenceEqual([1, 2, 2, 3, 3, 4]) || !after.ToArray().SequenceEqual([3, 4, 5]))
        throw new InvalidOperationException($"the windows of 1 to 5 are 1 2, 2 3, 3 4 with the targets 3, 4, 5, not {string.Join(" ", tiny.ToArray())} with {string.Join(" ", after.ToArray())}");

    // Time goes forward: the network learns from the first hours and is asked about later ones, never the other way round.
    var (inputs, targets) = Windows(level.AsSpan(0, learned), window);
    var (later, truth) = Windows(level.AsSpan(learned), window);
    var (lstm, head) = (new Lstm(1, 16, random), new Linear(16, 1, random));
    var optimiser = new Adam(lstm.Parameters().Concat(head.Parameters()), 0.01f);
    Tensor Forecast(NdArray<float> x) => head.Forward(lstm.Forward(new Tensor(x))[.., ^1]);
    double Error()
    {
        using var pause = Tensor.NoGradient();
        return Math.Sqrt(Losses.MeanSquared(Forecast(later), new Tensor(truth)).Scalar());
    }

    foreach (var pass in Enumerable.Range(1, 8))
    {
        foreach (var (x, y) in new DataLoader<float, float>(inputs, targets, 50, random))
        {
            var loss = Losses.MeanSquared(Forecast(x), new Tensor(y));
            optimiser.ZeroGradients();
            loss.Backward();
            // Through many steps gradients can grow without bound; a clip keeps one bad batch from undoing the rest.
            optimiser.ClipGradients(1);
            optimiser.Step();
        }
        if (pass % 2 == 0)
            Console.WriteLine($"pass {pass}: off by {Error():0.000} m");
    }
    double[] places = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
    double[] said = [.. Forecast(later[..100]).Value.ToArray().Select(v => (double)v)];
    double[] was = [.. truth[..100].ToArray().Select(v => (double)v)];
    var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-11.svg");
    File.WriteAllText(file, new Picture(new Plot(new LineLayer(places, was) { Name = "level" }, new LineLayer(places, said) { Name = "foreseen" }) { Title = "The tide, an hour ahead", X = "hour", Y = "m" })
    { PanelSize = (760, 340) }.ToSvg());
    Console.WriteLine($"Drawn in {file}");
    if (Error() > same / 2)
        throw new InvalidOperationException($"off by {Error():0.000} m; half of what the simplest forecast is off by, {same / 2:0.000} m, is within reach");
    Console.WriteLine("Passed: it foresees, and is better than standing still.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
