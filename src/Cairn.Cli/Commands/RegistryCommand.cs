using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class RegistryCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "A trained model" };
    private static readonly Argument<int> Version = new("VERSION") { Description = "The number of a version" };
    private static readonly Option<int?> OfVersion = new("--version")
    {
        Description = "Of this version; left out: the live one",
        HelpName = "N",
    };
    private static readonly Option<int> Hours = new("--hours")
    {
        Description = "How far back",
        HelpName = "N",
        DefaultValueFactory = _ => 24 * 7,
    };

    public static Command Create()
        => new CairnCommand("registry", "Trained models: versions, which one is live, how it is doing", "cairn registry list")
    {
        new CairnCommand("list", "Show trained models", "cairn registry list").Runs(ListAsync),
        new CairnCommand("show", "Show a model's versions and what was live when", "cairn registry show ships") { Model }
            .Runs((i, c) => ChangeAsync(i, HttpMethod.Get, $"registry/{Name(i)}", null, c)),
        new CairnCommand("promote", "Make a version the one that predicts", "cairn registry promote ships 2") { Model, Version }
            .Runs((i, c) => ChangeAsync(i, HttpMethod.Post, $"registry/{Name(i)}/promote",
                new JsonObject { ["version"] = i.Value(Version) }, c)),
        new CairnCommand("rollback", "Bring back the version that was live before", "cairn registry rollback ships") { Model }
            .Runs((i, c) => ChangeAsync(i, HttpMethod.Post, $"registry/{Name(i)}/rollback", null, c)),
        new CairnCommand("monitor", "Show calls, latency, errors, and how rows differ from training",
            "cairn registry monitor ships --hours 24") { Model, OfVersion, Hours }.Runs(MonitorAsync),
    };

    private static string Name(Invocation invocation) => Uri.EscapeDataString(invocation.Value(Model));

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var response = await connection.Api.GetAsync("registry", null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(response);
            return ExitCodes.Done;
        }
        var models = response.GetProperty("models").EnumerateArray().ToList();
        foreach (var model in models)
        {
            var live = model.GetProperty("versions").EnumerateArray().FirstOrDefault(v => v.GetProperty("isLive").GetBoolean());
            var says = live.ValueKind == JsonValueKind.Object
                ? $"version {live.GetProperty("version")} live  {TrainingText.Metrics(live.GetProperty("outcome"))}"
                : "no version live";
            invocation.Output.WriteLine(
                $"{TrainingText.Text(model, "name"),-24} {model.GetProperty("versions").GetArrayLength()} versions  {says}");
        }
        if (models.Count == 0)
            invocation.Error.WriteLine("There are no trained models yet: cairn train RECIPE");
        return ExitCodes.Done;
    }

    private static async Task<int> ChangeAsync(
        Invocation invocation, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var model = await connection.Api.SendAsync(method, path, body, null, cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(model);
        else
            Print(invocation.Output, model);
        return ExitCodes.Done;
    }

    private static void Print(TextWriter output, JsonElement model)
    {
        output.WriteLine(TrainingText.Text(model, "name"));
        foreach (var version in model.GetProperty("versions").EnumerateArray())
        {
            var live = version.GetProperty("isLive").GetBoolean() ? "live" : "";
            output.WriteLine(
                $"  version {version.GetProperty("version"),-4} {live,-5} {Moment.Of(version.GetProperty("created"))}  {TrainingText.Metrics(version.GetProperty("outcome"))}  {TrainingText.Text(version, "experiment")}");
        }
        foreach (var happened in model.GetProperty("events").EnumerateArray())
            output.WriteLine(
                $"  {Moment.Of(happened.GetProperty("at"))}  {TrainingText.Text(happened, "kind")} to version {happened.GetProperty("version")} by {TrainingText.Text(happened, "user")}");
    }

    private static async Task<int> MonitorAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var version = invocation.Value(OfVersion) is { } number ? $"&version={number}" : "";
        var seen = await connection.Api.GetAsync($"registry/{Name(invocation)}/monitoring?hours={invocation.Value(Hours)}{version}", null,
            cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(seen);
            return ExitCodes.Done;
        }
        invocation.Output.WriteLine($"{TrainingText.Text(seen, "model")} version {seen.GetProperty("version")}: {seen.GetProperty("calls")} calls, {seen.GetProperty("rows")} rows, "
            + $"{seen.GetProperty("refused")} refused, {seen.GetProperty("failed")} failed; half within {Milliseconds(seen, "medianMilliseconds")}, 95 % within {Milliseconds(seen, "slowestMilliseconds95")}");
        foreach (var field in seen.GetProperty("fields").EnumerateArray())
        {
            var index = TrainingText.Has(field, "stability")
                ? field.GetProperty("stability").GetDouble().ToString("0.000", CultureInfo.InvariantCulture)
                : "-";
            var names = string.Join(", ", field.GetProperty("newNames").EnumerateArray().Select(n => n.GetString()));
            invocation.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {TrainingText.Text(field, "name"),-24} {TrainingText.Text(field, "state"),-8} stability index {index}  missing {field.GetProperty("missingBefore").GetDouble():P1} -> {field.GetProperty("missingNow").GetDouble():P1}  new {field.GetProperty("newShare").GetDouble():P1} {names}"));
        }
        return ExitCodes.Done;
    }

    private static string Milliseconds(JsonElement element, string name)
        => TrainingText.Has(element, name)
            ? element.GetProperty(name).GetDouble().ToString("0.##", CultureInfo.InvariantCulture) + " ms"
            : "-";
}
