using System.Globalization;
using System.Text.Json;

namespace Cairn.Cli;

/// <summary>Experiments as rows, their metrics as columns; every column is as wide as its widest cell.</summary>
internal static class ComparisonTable
{
    private const string Missing = "–";
    private const string Gap = "  ";

    /// <param name="experiments">As the API gives them.</param>
    /// <param name="metrics">One column each; an experiment without it shows a dash.</param>
    public static void Print(TextWriter output, IReadOnlyList<JsonElement> experiments, IReadOnlyList<string> metrics)
    {
        List<string[]> rows = [["experiment", "model", "status", "estimator", .. metrics]];
        foreach (var experiment in experiments)
        {
            rows.Add(
            [
                TrainingText.Text(experiment, "id")!, TrainingText.Text(experiment, "model")!, TrainingText.Text(experiment, "status")!,
                TrainingText.ChosenEstimator(experiment),
                .. metrics.Select(m => TrainingText.FindMetric(experiment, m) is { } found ? Figures(found) : Missing),
            ]);
        }
        var widths = Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine(string.Join(Gap, row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }

    private static string Figures(JsonElement metric)
    {
        var (value, lower, upper) = (Number("value"), Number("lower"), Number("upper"));
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0000} [{lower:0.0000}, {upper:0.0000}]");

        double Number(string name) => metric.GetProperty(name).GetDouble();
    }
}
