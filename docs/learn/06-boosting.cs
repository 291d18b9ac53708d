#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 6. Boosting
//
// A forest asks many trees the same question. Boosting asks each tree another one: what did the trees before you get wrong? Small trees, many of them, each a
// small correction; on tables nothing learns better.
using Cairn.Learning;

// ## How long a ship stays
// Days in port by tonnes, cranes, rain and kind, with a known rule and noise. Some tonnages were never written down, and boosting takes them as they are.
var random = new Seeded(6);
var (train, trainDays) = Make(800);
var (test, testDays) = Make(1500);

(Features Features, double[] Days) Make(int count)
{
    var matrix = NdArray.Zeros<double>(count, 4);
    var days = new double[count];
    for (var i = 0; i < count; i++)
    {
        var (tonnes, cranes, rain, kind) = (random.Uniform(100, 9000), random.Integer(1, 5), random.Exponential(4), random.Integer(3));
        days[i] = 0.5 + tonnes / (1200.0 * cranes) + (kind == 2 ? 0 : Math.Min(rain, 10) * 0.2) + random.Normal(0, 0.4);
        (matrix[i, 0], matrix[i, 1], matrix[i, 2], matrix[i, 3]) = (random.Bernoulli(0.05) ? double.NaN : tonnes, cranes, rain, kind);
    }
    return (new Features(matrix, ["tonnes", "cranes", "rain", "kind"]), days);
}

double Error(IRegressor model) => RegressionMetrics.RootMeanSquaredError(testDays, model.Predict(test));

// ## More rounds, and too many
// With large steps the model soon learns the noise; with small ones it takes longer and gets further.
double[] rounds = [1, 2, 5, 10, 20, 50, 100, 200];
var lines = new List<Layer>();
foreach (var rate in new[] { 1.0, 0.3, 0.05 })
{
    var errors = rounds.Select(r =>
    {
        var model = new BoostingRegressor(new() { Rounds = (int)r, LearningRate = rate, MaxLeaves = 15, CategoricalColumns = [3] });
        model.Fit(train, trainDays);
        return Error(model);
    }).ToArray();
    Console.WriteLine($"rate {rate,4}: error after {string.Join(", ", rounds.Zip(errors, (r, e) => $"{r:0}: {e:0.00}"))}");
    lines.Add(new LineLayer(rounds, errors) { Name = $"learning rate {rate}", Marked = true });
}
var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-6.svg");
File.WriteAllText(file, new Picture(new Plot([.. lines]) { Title = "Error on new ships", X = new() { Label = "rounds", Logarithmic = true }, Y = "days" }) { PanelSize = (640, 420) }.ToSvg());
Console.WriteLine($"They are drawn in {file}\n");

// ## Your turn
// Nobody knows the right number of rounds beforehand. Early stopping finds it: a part of the rows is set aside, and when the loss there has not fallen for some rounds,
// learning ends and the best round is kept. Make a regressor that may take up to 2,000 rounds, at a small rate, and stops by itself (`Patience`).

// --- your turn ---
BoostingRegressor MakeModel() => throw new NotImplementedException();
// --- the check ---

try
{
    var model = MakeModel();
    model.Fit(train, trainDays);
    Console.WriteLine($"{model.Trees.Count} rounds kept of {model.ValidationLosses.Count} tried; error on new ships {Error(model):0.000} days (the noise alone is .4)");
    if (model.ValidationLosses.Count == 0)
        throw new InvalidOperationException("there is no early stopping without a patience");
    if (model.ValidationLosses.Count >= 2000)
        throw new InvalidOperationException("it never stopped; is the rate so small that 2,000 rounds are not enough?");
    var line = new LinearRegression();
    var known = Enumerable.Range(0, train.Rows).Where(i => !double.IsNaN(train.Dense[i, 0])).ToArray();
    line.Fit(train.Take(known), [.. known.Select(i => trainDays[i])]);
    var present = Enumerable.Range(0, test.Rows).Where(i => !double.IsNaN(test.Dense[i, 0])).ToArray();
    Console.WriteLine($"a straight line, where the tonnes are known: {RegressionMetrics.RootMeanSquaredError([.. present.Select(i => testDays[i])], line.Predict(test.Take(present))):0.000}");
    if (Error(model) > 0.65)
        throw new InvalidOperationException("an error of at most 0.65 is within reach; try a smaller learning rate and more patience");
    Console.WriteLine("Passed: it stopped by itself, in time.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
