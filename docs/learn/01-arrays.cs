#:project ../../src/Cairn.Learning/Cairn.Learning.csproj
// # 1. Arrays
//
// An array is a block of numbers and a shape. Almost everything in machine learning is arithmetic on such blocks, and most of the craft is to say it
// without loops: the code gets shorter, and it runs on all of the processor's lanes.
using Cairn.Learning;

// ## Shapes and views
// Twelve numbers, seen as three rows of four. Reshaping moves nothing: it is another look at the same numbers.
var x = NdArray.Arange<double>(12).Reshape(3, 4);
Console.WriteLine($"x has shape {x.Shape}:\n{x}\n");

// A slice is a look as well. Text says it as NumPy does; ranges and positions work too.
Console.WriteLine($"second column: {x[Slice.All, 1]}");
Console.WriteLine($"every second column of the last two rows:\n{x["1:", "::2"]}\n");

// Since a slice is a look, writing into it writes into the array.
var corner = x["0:2", "0:2"];
corner[0, 0] = 100;
Console.WriteLine($"after corner[0, 0] = 100, x[0, 0] is {x[0, 0]}\n");

// ## Broadcasting
// Shapes that differ are stretched where one of them has length 1: a row of four is added to each of three rows.
var row = NdArray.Of<double>(1000, 2000, 3000, 4000);
Console.WriteLine($"x + row:\n{x + row}\n");

// A column is a row with an axis put in: shape (3, 1).
var column = NdArray.Of<double>(1, 10, 100).Reshape(3, 1);
Console.WriteLine($"x * column:\n{x * column}\n");

// What cannot be stretched is an error that names both shapes.
try
{
    Console.WriteLine(x + NdArray.Of<double>(1, 2, 3));
}
catch (ShapeException e)
{
    Console.WriteLine($"x + three numbers: {e.Message}\n");
}

// ## Masks and reductions
// A comparison gives truths, and truths choose.
var large = x > 5;
Console.WriteLine($"{large.CountTrue()} numbers are over 5: {x[large]}");
Console.WriteLine($"mean of all {x.Mean():0.##}; of each column {x.Mean(axis: 0)}; of each row {x.Mean(axis: 1)}\n");

// ## Your turn
// Learning goes wrong when one column is measured in metres and the next in millimetres. So columns are standardised first: the mean of each is taken
// off, and the rest divided by its standard deviation. Write it without a loop. (`Mean(0)` and `Std(0)` fold the rows away; broadcasting does the rest.)

// --- your turn ---
NdArray<double> Standardise(NdArray<double> values) => throw new NotImplementedException();
// --- the check ---

try
{
    var random = new Seeded(1);
    var measured = random.Normal<double>(200, 3) * NdArray.Of<double>(1, 50, 0.01) + NdArray.Of<double>(5, -300, 2);
    var standard = Standardise(measured);
    var (means, deviations) = (standard.Mean(0), standard.Std(0));
    if (standard.Shape != measured.Shape)
        throw new InvalidOperationException($"the result has shape {standard.Shape} and should keep {measured.Shape}");
    if (NdMath.Abs(means).Max() > 1e-9)
        throw new InvalidOperationException($"the columns' means are {means} and should be 0");
    if (NdMath.Abs(deviations - 1.0).Max() > 1e-9)
        throw new InvalidOperationException($"the columns' deviations are {deviations} and should be 1");
    if (Math.Abs((measured[0, 1] - measured[1, 1]) / (standard[0, 1] - standard[1, 1]) - measured.Std(0)[1]) > 1e-6)
        throw new InvalidOperationException("distances within a column should keep their proportions");
    Console.WriteLine("Passed: every column has mean 0 and deviation 1.");
    return 0;
}
catch (Exception e)
{
    Console.WriteLine($"Not yet: {e.Message}");
    return 1;
}
