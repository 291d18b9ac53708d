using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Apps;
using Cairn.Training;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>What the training pages post, and the piece of them that is fetched again while a model learns.</summary>
internal static class TrainingRoutes
{
    public static void MapTrainingRoutes(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/training").ExcludeFromDescription().Requires(Right.Train);
        pages.MapPost("/start", StartAsync);
        pages.MapGet("/experiments/{id}/now", NowAsync);
        pages.MapPost("/experiments/{id}/cancel", CancelAsync);
        pages.MapPost("/experiments/{id}/stop", StopAsync);
        pages.MapPost("/models/{name}/promote", PromoteAsync);
        pages.MapPost("/models/{name}/rollback", RollBackAsync);
        pages.MapPost("/models/{name}/predict", PredictAsync);
        // A reader who reloads or follows such an address later finds the page itself.
        foreach (var posted in new[] { "cancel", "stop" })
            pages.MapGet($"/experiments/{{id}}/{posted}", (string id) => Results.LocalRedirect(PageOfExperiment(id)));
        foreach (var posted in new[] { "promote", "rollback", "predict" })
            pages.MapGet($"/models/{{name}}/{posted}", (string name) => Results.LocalRedirect(PageOf(name)));
    }

    private static async Task<IResult> StartAsync(
        [FromForm] string recipe, Principal caller, Caller how, IExperiments experiments, IRecipes recipes,
        CancellationToken cancellationToken)
    {
        try
        {
            var started = await experiments.StartAsync(caller, ExperimentsApi.Load(recipe, how, recipes), cancellationToken);
            return Results.LocalRedirect(PageOfExperiment(started.Id));
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input or ErrorKind.NotFound or ErrorKind.TooLarge)
        {
            return Pages.Whole<StartTrainingPage>(
                new() { [nameof(StartTrainingPage.Posted)] = recipe, [nameof(StartTrainingPage.Refused)] = e }, Problems.StatusOf(e.Kind));
        }
    }

    private static async Task<RazorComponentResult> NowAsync(
        string id, Principal caller, IExperiments experiments, CancellationToken cancellationToken)
        => Pages.Piece<TrainingNow>(new()
        {
            [nameof(TrainingNow.Experiment)] = await experiments.FindAsync(caller, id, cancellationToken),
            [nameof(TrainingNow.Curve)] = ExperimentPictures.Curves(await experiments.CurvesAsync(caller, id, cancellationToken)),
        });

    private static Task<IResult> CancelAsync(
        string id, [FromForm(Name = "__RequestVerificationToken")] string? _, Principal caller, IExperiments experiments,
        CancellationToken cancellationToken)
        => EndAsync(id, () => experiments.CancelAsync(caller, id, cancellationToken));

    private static Task<IResult> StopAsync(
        string id, [FromForm(Name = "__RequestVerificationToken")] string? _, Principal caller, IExperiments experiments,
        CancellationToken cancellationToken)
        => EndAsync(id, () => experiments.StopAsync(caller, id, cancellationToken));

    private static async Task<IResult> EndAsync(string id, Func<Task> end)
    {
        try
        {
            await end();
            return Results.LocalRedirect(PageOfExperiment(id));
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Conflict)
        {
            return Pages.Whole<ExperimentPage>(
                new() { [nameof(ExperimentPage.Id)] = id, [nameof(ExperimentPage.Refused)] = e }, Problems.StatusOf(e.Kind));
        }
    }

    private static Task<IResult> PromoteAsync(
        string name, [FromForm] int version, Principal caller, IModelRegistry registry, CancellationToken cancellationToken)
        => ChangeAsync(name, () => registry.PromoteAsync(caller, name, version, cancellationToken));

    private static Task<IResult> RollBackAsync(
        string name, [FromForm] int? from, Principal caller, IModelRegistry registry, CancellationToken cancellationToken)
        => ChangeAsync(name, () => registry.RollBackAsync(caller, name, from, cancellationToken));

    private static async Task<IResult> ChangeAsync(string name, Func<Task> change)
    {
        try
        {
            await change();
            return Results.LocalRedirect(PageOf(name));
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Conflict)
        {
            return Pages.Whole<TrainedModelPage>(new() { [nameof(TrainedModelPage.Name)] = name, [nameof(TrainedModelPage.Refused)] = e },
                Problems.StatusOf(e.Kind));
        }
    }

    private static async Task<IResult> PredictAsync(
        string name, [FromForm(Name = "__RequestVerificationToken")] string? _, HttpContext context, Principal caller,
        IPredictions predictions, CancellationToken cancellationToken)
    {
        var input = await predictions.InputAsync(caller, name, cancellationToken);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var typed = input.Fields.Select((f, i) => (f.Name, Text: form[string.Create(CultureInfo.InvariantCulture, $"f{i}")].ToString()))
            .Where(f => f.Text.Length > 0).ToDictionary(f => f.Name, f => f.Text, StringComparer.Ordinal);
        var parameters = new Dictionary<string, object>
        {
            [nameof(TrainedModelPage.Name)] = name,
            [nameof(TrainedModelPage.Typed)] = typed,
        };
        try
        {
            using var row = JsonDocument.Parse(RowOf(input, typed).ToJsonString());
            parameters[nameof(TrainedModelPage.Predicted)] = await predictions.PredictAsync(caller, name, [row.RootElement],
                cancellationToken);
            return Pages.Whole<TrainedModelPage>(parameters);
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input)
        {
            parameters[nameof(TrainedModelPage.Refused)] = e;
            return Pages.Whole<TrainedModelPage>(parameters, Problems.StatusOf(e.Kind));
        }
    }

    private static JsonObject RowOf(InputSchema input, Dictionary<string, string> typed)
    {
        var row = new JsonObject();
        foreach (var field in input.Fields)
        {
            if (typed.TryGetValue(field.Name, out var text))
                row[field.Name] = field.Kind == FeatureKind.Number
                    && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    ? number
                    : text;
        }
        return row;
    }

    private static string PageOfExperiment(string id) => $"/training/experiments/{Uri.EscapeDataString(id)}";

    private static string PageOf(string name) => $"/training/models/{Uri.EscapeDataString(name)}";
}
