using System.CommandLine;
using System.Text.Json;

namespace Cairn.Cli.Commands;

internal static class ExperimentsCommand
{
    private static readonly string[] Figures = ["value", "lower", "upper"];
    private static readonly Argument<string> Id = new("ID") { Description = "The experiment; the beginning of its id will do" };
    private static readonly Argument<string[]> Ids = new("ID")
    {
        Description = "The experiments to compare",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> Model = new("--model") { Description = "Of this model only", HelpName = "NAME" };
    private static readonly Option<string?> Metric = new("--metric")
    {
        Description = "The metric in the picture; left out: the first that all have",
        HelpName = "NAME",
    };
    private static readonly Option<string?> Svg = new("--svg") { Description = "Write the picture to this file", HelpName = "FILE" };
    private static readonly Option<string> Format = MakeFormat();

    public static Command Create()
        => new CairnCommand("experiments", "Trainings: what was learned from what, and what came of it", "cairn experiments list")
    {
        new CairnCommand("list", "Show experiments, newest first", "cairn experiments list --model ships") { Model }.Runs(ListAsync),
        new CairnCommand("show", "Show one experiment; with --svg its curve", "cairn experiments show 01k5 --svg curve.svg") { Id, Svg }
            .Runs(ShowAsync),
        new CairnCommand("follow", "Wait for a training to end; Ctrl+C ends it early", "cairn experiments follow 01k5") { Id }
            .Runs(FollowAsync),
        new CairnCommand("stop", "End a training early; its best state so far becomes a version", "cairn experiments stop 01k5") { Id }
            .Runs(StopAsync),
        new CairnCommand("cancel", "End a training; its curve is kept, no version is made", "cairn experiments cancel 01k5") { Id }
            .Runs(CancelAsync),
        new CairnCommand("compare", "Set experiments side by side; with --svg as a picture",
            "cairn experiments compare 01k5a 01k5b --svg compare.svg") { Ids, Metric, Svg }.Runs(CompareAsync),
        new CairnCommand("export", "Print every experiment as JSON or CSV",
            "cairn experiments export --format csv --model ships > ships.csv") { Model, Format }.Runs(ExportAsync),
    };

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var response = await connection.Api.GetAsync("experiments" + Query(invocation), null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(response);
            return ExitCodes.Done;
        }
        var experiments = response.GetProperty("experiments").EnumerateArray().ToList();
        foreach (var experiment in experiments)
        {
            var says = TrainingText.Has(experiment, "outcome") ? TrainingText.Metrics(experiment.GetProperty("outcome"))
                : TrainingText.Has(experiment, "progress")
                    ? TrainingText.Progress(experiment.GetProperty("progress"))
                    : TrainingText.Text(experiment, "error") ?? "";
            invocation.Output.WriteLine(
                $"{TrainingText.Text(experiment, "id")}  {TrainingText.Text(experiment, "model"),-20} {TrainingText.Text(experiment, "status"),-9} {says}");
        }
        if (experiments.Count == 0)
            invocation.Error.WriteLine("There are no experiments yet: cairn train RECIPE");
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var experiment = await connection.Api.GetAsync($"experiments/{Uri.EscapeDataString(invocation.Value(Id))}", null,
            cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(experiment);
        else
            TrainingText.PrintExperiment(invocation.Output, experiment);
        if (invocation.Value(Svg) is { } file)
            await WriteSvgAsync(file,
                await connection.Api.GetAsync($"experiments/{TrainingText.Text(experiment, "id")}/curves", null, cancellationToken),
                invocation, cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task<int> FollowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        Training.Print(invocation,
            await Training.FollowAsync(connection.Api, Uri.EscapeDataString(invocation.Value(Id)), invocation, cancellationToken));
        return ExitCodes.Done;
    }

    private static async Task<int> CancelAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var experiment = await connection.Api.PostAsync($"experiments/{Uri.EscapeDataString(invocation.Value(Id))}/cancel", null, null,
            cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(experiment);
        else
            invocation.Output.WriteLine($"{TrainingText.Text(experiment, "id")} ends after what it does now.");
        return ExitCodes.Done;
    }

    private static async Task<int> StopAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var experiment = await connection.Api.PostAsync(
            $"experiments/{Uri.EscapeDataString(invocation.Value(Id))}/stop", null, null, cancellationToken);
        var id = TrainingText.Text(experiment, "id");
        if (invocation.Json)
            invocation.PrintJson(experiment);
        else
            invocation.Output.WriteLine(CommandHint.In(TrainingText.Text(experiment, "stopping") == "search"
                ? $"{id} ends its search and learns the best candidate so far: cairn experiments follow {id}"
                : $"{id} ends with the round that it learns now and becomes a version: cairn experiments follow {id}"));
        return ExitCodes.Done;
    }

    private static async Task<int> CompareAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var query = $"experiments/compare?ids={Uri.EscapeDataString(string.Join(',', invocation.Value(Ids)))}"
            + (invocation.Value(Metric) is { } metric ? $"&metric={Uri.EscapeDataString(metric)}" : "");
        var response = await connection.Api.GetAsync(query, null, cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(response);
        else
        {
            var experiments = response.GetProperty("experiments").EnumerateArray().ToList();
            ComparisonTable.Print(invocation.Output, experiments, MetricNames(experiments));
        }
        if (invocation.Value(Svg) is { } file)
            await WriteSvgAsync(file, response, invocation, cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task<int> ExportAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var separator = invocation.Value(Model) is null ? "?" : "&";
        var response = await connection.Api.GetAsync($"experiments{Query(invocation)}{separator}take=500", null, cancellationToken);
        if (invocation.Json || invocation.Value(Format) == "json")
        {
            invocation.PrintJson(response);
            return ExitCodes.Done;
        }
        var experiments = response.GetProperty("experiments").EnumerateArray().ToList();
        var metrics = MetricNames(experiments);
        invocation.Output.WriteLine(string.Join(',',
            ["id", "model", "status", "created", "estimator", "seed", "dataHash", "codeVersion",
                .. metrics.SelectMany(m => new[] { m, m + "Lower", m + "Upper" })]));
        foreach (var experiment in experiments)
        {
            string[] cells =
            [
                TrainingText.Text(experiment, "id")!, TrainingText.Text(experiment, "model")!, TrainingText.Text(experiment, "status")!,
                TrainingText.Text(experiment, "created")!, TrainingText.ChosenEstimator(experiment),
                experiment.GetProperty("recipe").GetProperty("seed").GetRawText(), TrainingText.Text(experiment, "dataHash")!,
                TrainingText.Text(experiment, "codeVersion")!,
                .. metrics.SelectMany(m => TrainingText.FindMetric(experiment, m) is { } found
                    ? Figures.Select(f => found.GetProperty(f).GetRawText())
                    : Figures.Select(_ => "")),
            ];
            invocation.Output.WriteLine(string.Join(',', cells.Select(Quote)));
        }
        return ExitCodes.Done;
    }

    private static List<string> MetricNames(IEnumerable<JsonElement> experiments)
        => [.. experiments.Where(e => TrainingText.Has(e, "outcome"))
            .SelectMany(e => e.GetProperty("outcome").GetProperty("metrics").EnumerateArray()).Select(m => TrainingText.Text(m, "name")!)
            .Distinct()];

    private static async Task WriteSvgAsync(string file, JsonElement response, Invocation invocation, CancellationToken cancellationToken)
    {
        if (TrainingText.Text(response, "svg") is not { } svg)
            throw new CairnException(ErrorKind.Input, "experiments.no-picture",
                "There is nothing to draw yet: nothing was recorded round by round, or no training has ended.", "Leave --svg out.");
        await File.WriteAllTextAsync(file, svg, cancellationToken);
        invocation.Error.WriteLine($"Wrote {file}");
    }

    private static string Query(Invocation invocation)
        => invocation.Value(Model) is { } model ? $"?model={Uri.EscapeDataString(model)}" : "";

    private static string Quote(string cell)
        => cell.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Option<string> MakeFormat()
    {
        var format = new Option<string>("--format")
        {
            Description = "json or csv",
            HelpName = "json|csv",
            DefaultValueFactory = _ => "json",
        };
        format.AcceptOnlyFromAmong("json", "csv");
        return format;
    }
}
