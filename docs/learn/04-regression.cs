#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 4. Regression and regularisation
//
// A model that can bend will bend around the noise. How much may it bend? That cannot be read off the data that it learned from: there, more is always better.
using Cairn.Learning;

// ## Twenty-five noisy points of a sine
var random = new Seeded(4);
var (trainX, trainY) = Sample(25);
var (testX, testY) = Sample(400);

(double[] X, double[] Y) Sample(int count)
{
    var xs = random.Uniform(0.0, 1.0, count).Sort().ToArray();
    return (xs, [.. xs.Select(x => Math.Sin(2 * Math.PI * x) + random.Normal(0, 0.25))]);
}

// ## Polynomials of three degrees
// A polynomial is a linear model over powers of x: make the columns x, x^2, x^3 … and fit a line through them.
NdArray<double> Powers(double[] x, int degree)
    => new PolynomialFeatures(degree, one: false).FitTransform(NdArray.Of<double>(x).Reshape(x.Length, 1)).Dense;

var panels = new List<Panel>();
double[] grid = [.. Enumerable.Range(0, 200).Select(i => i / 199.0)];
foreach (var (degree, name) in new[] { (1, "too stiff"), (4, "about right"), (15, "bends around the noise") })
{
    var model = new LinearRegression();
    model.Fit(Powers(trainX, degree), trainY);
    var (train, test) = (Error(model, trainX, trainY, degree), Error(model, testX, testY, degree));
    Console.WriteLine($"degree {degree,2}: error on the 25 points {train:0.000}, on 400 new ones {test:0.000}");
    panels.Add(new Plot(
        new PointLayer(trainX, trainY) { Name = "seen" },
        new LineLayer(grid, model.Predict(Powers(grid, degree))) { Name = "model" })
    { Title = $"degree {degree}: {name}", Y = new() { From = -2, To = 2 } });
}

double Error(LinearModel model, double[] x, double[] y, int degree) => RegressionMetrics.RootMeanSquaredError(y, model.Predict(Powers(x, degree)));

// ## A penalty
// Ridge regression pays for large coefficients. Degree 15 again, and the same columns, with more and more of it.
double[] penalties = [.. Enumerable.Range(-8, 11).Select(i => Math.Pow(10, i))];
double[] onTrain = new double[penalties.Length], onTest = new double[penalties.Length];
for (var i = 0; i < penalties.Length; i++)
{
    var model = new Ridge(penalties[i]);
    model.Fit(Powers(trainX, 15), trainY);
    (onTrain[i], onTest[i]) = (Error(model, trainX, trainY, 15), Error(model, testX, testY, 15));
}
panels.Add(new Plot(new LineLayer(penalties, onTrain) { Name = "25 points" }, new LineLayer(penalties, onTest) { Name = "400 new ones" })
{
    Title = "degree 15 with a penalty",
    X = new() { Label = "penalty", Logarithmic = true },
    Y = "error",
});
var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-4.svg");
File.WriteAllText(file, new Picture([.. panels]).ToSvg());
Console.WriteLine($"Under- and overfitting are drawn in {file}\n");

// ## Your turn
// The 400 new points were for looking only; in life nobody has them. Choose the penalty with the 25 points alone: leave one of them out, fit a Ridge on the other
// 24, see how far it is from the one left out; do so for each point, and take the penalty whose mean squared distance is least.
// `columns` are the powers, one row a point; `columns.Take(rows)` with an array of positions chooses rows.

// --- your turn ---
double ChoosePenalty(NdArray<double> columns, double[] targets, double[] penalties) => throw new NotImplementedException();
// --- the check ---

try
{
    var chosen = ChoosePenalty(Powers(trainX, 15), trainY, penalties);
    if (!penalties.Contains(chosen))
        throw new InvalidOperationException($"{chosen} is none of the penalties given");
    var error = onTest[Array.IndexOf(penalties, chosen)];
    Console.WriteLine($"penalty {chosen}: error on new points {error:0.000}; the best of all {onTest.Min():0.000}, the worst {onTest.Max():0.000}");
    if (error > onTest.Min() * 1.15)
        throw new InvalidOperationException("that is more than 15 % worse than the best penalty on new points; is every point left out once, and never seen by the model that is judged on it?");
    Console.WriteLine("Passed: chosen without looking at a single new point.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
