#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 7. Clusters, and fifty columns as two
//
// Nobody has labelled anything. Still the rows have a shape: some lie close together (clusters), and most of what distinguishes them lies along a few
// directions (principal components). Both are found without being told what to look for.
using Cairn.Learning;

// ## Fifty instruments on a bridge
// 300 nights, 50 instruments each. Behind them are three hidden causes (load, temperature, wind); every instrument hears a mixture of them, and noise. There are four kinds of
// nights. We know which night was which, but nothing below is told.
var random = new Seeded(7);
const int nights = 300, instruments = 50, kinds = 4;
var centres = NdArray.FromRows(new[,] { { 3.0, 0, 0 }, { -3, 1, 0 }, { 0, 4, 1 }, { 0, -3, 2 } });
var mixture = random.Normal<double>(3, instruments);
var kindOf = Enumerable.Range(0, nights).Select(i => i % kinds).ToArray();
var causes = centres.Take(NdArray.Of<int>(kindOf)) + random.Normal<double>(nights, 3) * 0.6;
var readings = causes.MatMul(mixture) + random.Normal<double>(nights, instruments) * 0.8 + 20.0;

// ## Where the variance lies
// The first direction is the one along which the rows differ most; the second is the next, at a right angle to it. If three causes made the fifty columns, three directions should hold
// nearly everything.
var pca = new Pca(6);
pca.Fit(readings);
Console.WriteLine($"share of the variance along the first six directions: {string.Join(", ", pca.VarianceShares.Select(s => s.ToString("0.000")))}\n");

// ## How many clusters?
// More clusters always fit closer, so the summed distance alone chooses badly: look for the bend (the elbow). The silhouette asks of each row whether its own
// cluster is nearer than the next one; it has a highest point.
int[] counts = [2, 3, 4, 5, 6];
var elbow = KMeans.Elbow(readings, counts, new() { Seed = 7 });
var silhouettes = counts.Select(k =>
{
    var model = new KMeans(new() { Clusters = k, Seed = 7 });
    model.Fit(readings);
    return Silhouette.Of(readings, [.. model.Labels]);
}).ToArray();
foreach (var (k, inertia, silhouette) in counts.Zip(elbow, silhouettes))
    Console.WriteLine($"{k} clusters: inertia {inertia,9:0}, silhouette {silhouette:0.000}");
Console.WriteLine($"The silhouette is highest with {counts[Array.IndexOf(silhouettes, silhouettes.Max())]} clusters.\n");

// ## Your turn
// Principal components by hand, in three lines. Centre the columns (take each one's mean off). The singular value decomposition U S V' of what is left (`Linalg.Svd`) has the directions as the
// rows of V', most important first. Multiply the centred rows with the first `count` directions, turned (`Transpose`): that is the picture of the rows in `count` columns.

// --- your turn ---
NdArray<double> Project(NdArray<double> rows, int count) => throw new NotImplementedException();
// --- the check ---

try
{
    var flat = Project(readings, 2);
    if (flat.Shape != Shape.Of(nights, 2))
        throw new InvalidOperationException($"{nights} rows in two columns have the shape ({nights}, 2), not {flat.Shape}");
    if (Math.Abs(flat.Mean()) > 1e-9)
        throw new InvalidOperationException($"the projected rows have the mean {flat.Mean():0.000}; were the columns centred?");
    var wanted = new Pca(2).FitTransform(readings).Dense;
    for (var column = 0; column < 2; column++)
    {
        // A direction and its opposite say the same, so only the sign may differ.
        var (yours, theirs) = (flat[Slice.All, column], wanted[Slice.All, column]);
        var apart = Math.Min(NdMath.Abs(yours - theirs).Max(), NdMath.Abs(yours + theirs).Max());
        if (apart > 1e-8)
            throw new InvalidOperationException($"column {column} differs from the principal component by up to {apart:0.000}");
    }

    // Two columns are enough to see the four kinds of nights, and to find them.
    var clusters = new KMeans(new() { Clusters = kinds, Seed = 7 });
    clusters.Fit(flat);
    var right = Enumerable.Range(0, kinds).Sum(c => Enumerable.Range(0, nights).Where(i => clusters.Labels[i] == c).GroupBy(i => kindOf[i]).Max(g => g.Count()));
    Console.WriteLine($"{right} of {nights} nights are in a cluster of their own kind, found in two columns of fifty");
    var file = Path.Combine(Path.GetTempPath(), "cairn-lesson-7.svg");
    File.WriteAllText(file, new Picture(
        Charts.Scatter(flat[Slice.All, 0].ToArray(), flat[Slice.All, 1].ToArray(), kindOf, title: "Nights, fifty columns as two") with { X = "first direction", Y = "second direction" },
        Charts.Line([.. counts.Select(k => (double)k)], elbow, "The elbow") with { X = "clusters", Y = "inertia" }).ToSvg());
    Console.WriteLine($"Drawn in {file}");
    if (right < nights * 0.95)
        throw new InvalidOperationException("95 of 100 should be");
    Console.WriteLine("Passed: fifty columns, seen in two.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
