using System.Globalization;
using System.Text.Json;

namespace Cairn.Cli;

/// <summary>Experiments and models as a person reads them.</summary>
internal static class TrainingText
{
    public static string Metrics(JsonElement outcome, string separator = "  ")
        => string.Join(separator, outcome.GetProperty("metrics").EnumerateArray().Select(Metric));

    public static string Metric(JsonElement metric) => string.Create(CultureInfo.InvariantCulture,
        $"{metric.GetProperty("name").GetString()} {metric.GetProperty("value").GetDouble():0.0000} [{metric.GetProperty("lower").GetDouble():0.0000}, {metric.GetProperty("upper").GetDouble():0.0000}]");

    public static string Estimator(JsonElement choice)
    {
        var options = string.Join(", ", choice.GetProperty("options").EnumerateObject().Select(o => $"{o.Name} {o.Value.GetString()}"));
        return choice.GetProperty("kind").GetString() + (options.Length == 0 ? "" : $" ({options})");
    }

    /// <summary>What was learned; before that what the recipe asks for.</summary>
    public static string ChosenEstimator(JsonElement experiment)
        => Estimator((Has(experiment, "outcome") ? experiment.GetProperty("outcome") : experiment.GetProperty("recipe"))
            .GetProperty("estimator"));

    /// <returns>null where the experiment has no such metric (yet).</returns>
    public static JsonElement? FindMetric(JsonElement experiment, string name)
        => Has(experiment, "outcome")
            && experiment.GetProperty("outcome").GetProperty("metrics").EnumerateArray()
                .FirstOrDefault(m => Text(m, "name") == name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    public static bool Has(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public static string? Text(JsonElement element, string name) => Has(element, name) ? element.GetProperty(name).GetString() : null;

    public static void PrintExperiment(TextWriter output, JsonElement experiment)
    {
        var recipe = experiment.GetProperty("recipe");
        output.WriteLine(
            $"{Text(experiment, "id")}  {Text(experiment, "model")}  {Text(experiment, "status")}  {Moment.Of(experiment.GetProperty("created"))} by {Text(experiment, "user")}");
        output.WriteLine(
            $"  data       {Text(recipe.GetProperty("data"), "file")} (sha256 {Text(experiment, "dataHash")?[..12]}…, {experiment.GetProperty("dataBytes").GetInt64():N0} bytes)");
        output.WriteLine($"  code       Cairn {Text(experiment, "codeVersion")}, seed {recipe.GetProperty("seed").GetInt64()}");
        if (Has(experiment, "progress"))
            output.WriteLine($"  now        {Progress(experiment.GetProperty("progress"))}");
        if (Text(experiment, "stopping") is { } stage)
        {
            var what = stage == "search" ? "the search; its best candidate so far is learned" : "after this round; it becomes a version";
            output.WriteLine($"  stopping   {what}");
        }
        if (Text(experiment, "error") is { } error)
            output.WriteLine($"  error      {error}");
        if (Has(experiment, "outcome"))
            PrintOutcome(output, experiment.GetProperty("outcome"), recipe);
    }

    public static void PrintPlan(TextWriter output, JsonElement plan)
    {
        const double mebibyte = 1 << 20;
        var (rows, fits, classes) = (plan.GetProperty("rows").GetInt32(), plan.GetProperty("fits").GetInt32(),
            plan.GetProperty("classes").GetArrayLength());
        var (needed, left, whole) = (Megabytes("memory"), Megabytes("memoryLeft"), Megabytes("memoryWhole"));
        var columns = Count(plan.GetProperty("features"), "column", "columns") + (classes == 0 ? "" : $", {classes} classes");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Text(plan, "model")} would learn from {rows:N0} rows of {columns}, in {fits:N0} {(fits == 1 ? "fit" : "fits")}."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  memory     about {needed:N1} MiB of {left:N1} MiB left")
            + (needed > whole ? "; it would be refused" : needed > left ? "; it would wait until other trainings have ended" : ""));
        foreach (var feature in plan.GetProperty("features").EnumerateArray())
            output.WriteLine($"  column     {Text(feature, "name")}: {Text(feature, "kind")}");
        foreach (var note in plan.GetProperty("notes").EnumerateArray())
            output.WriteLine($"  note       {note.GetString()}");

        double Megabytes(string name) => plan.GetProperty(name).GetDouble() / mebibyte;
    }

    public static string Progress(JsonElement progress)
    {
        var left = Has(progress, "secondsLeft")
            ? $", about {TimeSpan.FromSeconds(progress.GetProperty("secondsLeft").GetDouble()):m\\:ss} left"
            : "";
        return Text(progress, "step") + left;
    }

    private static void PrintOutcome(TextWriter output, JsonElement outcome, JsonElement recipe)
    {
        var from = Count(outcome.GetProperty("features"), "column", "columns");
        output.WriteLine($"  estimator  {Estimator(outcome.GetProperty("estimator"))}, predicts '{Text(recipe, "target")}' from {from}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  rows       {outcome.GetProperty("trainRows").GetInt32():N0} to learn from, {outcome.GetProperty("testRows").GetInt32():N0} to judge by; {outcome.GetProperty("seconds").GetDouble():0.0} s"));
        foreach (var left in outcome.GetProperty("stopped").EnumerateArray())
        {
            var unit = Text(left, "stage") == "search" ? "candidates" : "rounds";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  stopped    early, after {left.GetProperty("after").GetInt32():N0} of {left.GetProperty("of").GetInt32():N0} {unit}"));
        }
        foreach (var metric in outcome.GetProperty("metrics").EnumerateArray())
            output.WriteLine($"  metric     {Metric(metric)}");
        if (Has(outcome, "importance"))
            PrintImportance(output, outcome.GetProperty("importance"));
        foreach (var candidate in Ordered(outcome))
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  searched   {candidate.GetProperty("mean").GetDouble():0.0000}  {Options(candidate)}"));
        foreach (var note in outcome.GetProperty("notes").EnumerateArray())
            output.WriteLine($"  note       {note.GetString()}");
        foreach (var artefact in outcome.GetProperty("artefacts").EnumerateArray())
            output.WriteLine(
                $"  artefact   {Text(artefact, "name")} (sha256 {Text(artefact, "blob")?[..12]}…, {artefact.GetProperty("bytes").GetInt64():N0} bytes)");
        output.WriteLine($"  version    {outcome.GetProperty("version").GetInt32()}");
    }

    private static string Count(JsonElement list, string one, string many)
        => list.GetArrayLength() is var count && count == 1 ? $"1 {one}" : $"{count} {many}";

    private static void PrintImportance(TextWriter output, JsonElement importance)
    {
        var metric = Text(importance, "metric");
        foreach (var column in importance.GetProperty("columns").EnumerateArray())
        {
            var (mean, deviation) = (column.GetProperty("mean").GetDouble(), column.GetProperty("deviation").GetDouble());
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  worth      {Text(column, "name")}: {metric} worse by {mean:0.0000} ± {deviation:0.0000} without it"));
        }
    }

    /// <summary>The candidate that was learned, then the others from the better to the worse.</summary>
    private static IEnumerable<JsonElement> Ordered(JsonElement outcome)
    {
        var candidates = outcome.GetProperty("candidates").EnumerateArray().ToList();
        if (candidates.Count == 0)
            return candidates;
        var estimator = outcome.GetProperty("estimator").GetProperty("options");
        var learned = Math.Max(0, candidates.FindIndex(IsLearned));
        var rising = candidates.All(c => Mean(c) >= Mean(candidates[learned]));
        return candidates.Where((_, i) => i != learned).OrderBy(c => rising ? Mean(c) : -Mean(c)).Prepend(candidates[learned]);

        bool IsLearned(JsonElement candidate)
            => candidate.GetProperty("options").EnumerateObject().All(o => Text(estimator, o.Name) == o.Value.GetString());

        static double Mean(JsonElement candidate) => candidate.GetProperty("mean").GetDouble();
    }

    private static string Options(JsonElement candidate)
        => string.Join(", ", candidate.GetProperty("options").EnumerateObject().Select(o => $"{o.Name} {o.Value.GetString()}"));
}
