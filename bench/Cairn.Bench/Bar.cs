using System.Globalization;

namespace Cairn.Bench;

/// <summary>One figure, as <c>bar NAME VALUE UNIT target TARGET met|missed</c>.</summary>
internal static class Bar
{
    public static void AtLeast(string name, double value, string unit, double target)
        => Print(name, value, unit, ">=", target, value >= target);

    public static void AtMost(string name, double value, string unit, double target)
        => Print(name, value, unit, "<=", target, value <= target);

    private static void Print(string name, double value, string unit, string relation, double target, bool met)
        => Console.WriteLine($"bar {name} {Text(value)} {unit} target {relation}{Text(target)} {(met ? "met" : "missed")}");

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : "0.###", CultureInfo.InvariantCulture);
}
