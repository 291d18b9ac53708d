using Cairn.Apps;
using Cairn.Training;
using Microsoft.Extensions.Hosting;

namespace Cairn.Server;

/// <summary>Trainings: start, follow, stop, compare.</summary>
internal static class ExperimentsApi
{
    private const int MostCompared = 20;

    public static void MapExperimentsApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/recipes", Recipes).Requires(Right.Train).WithTags("training")
            .WithSummary("The recipes that lie in the workspace, with their mistakes");
        var experiments = api.MapGroup("/experiments").Requires(Right.Train).WithTags("training");
        experiments.MapPost("", StartAsync).Produces<Experiment>(StatusCodes.Status202Accepted)
            .WithSummary("Train as a recipe file says, in the background");
        experiments.MapPost("/plan", PlanAsync).WithSummary("What a recipe would learn from and what memory that takes, without training");
        experiments.MapGet("", ListAsync).WithSummary("Experiments, newest first");
        experiments.MapGet("/compare", CompareAsync)
            .WithSummary("Several experiments side by side: `ids` separated by commas, one metric as a picture");
        experiments.MapGet("/{id}", GetAsync)
            .WithSummary("One experiment: recipe, data hash, seed, code version, metrics with intervals, artefacts");
        experiments.MapGet("/{id}/curves", CurvesAsync).WithSummary("The losses by round, as far as it is");
        experiments.MapPost("/{id}/cancel", CancelAsync).WithSummary("End a training; what was recorded is kept, no version is made");
        experiments.MapPost("/{id}/stop", StopAsync)
            .WithSummary("Leave a training off early and keep it: its best state so far becomes a version");
        experiments.MapGet("/{id}/events", FollowAsync).Produces<Experiment>(StatusCodes.Status200OK, EventStream.MediaType)
            .WithSummary("Follow a training: the events progress and done");
        experiments.MapGet("/{id}/artefacts/{name}", ArtefactAsync).Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .WithSummary("One file that a training left");
    }

    private static async Task<IResult> StartAsync(
        TrainBody body, Principal caller, Caller how, IExperiments experiments, IRecipes recipes, CancellationToken cancellationToken)
    {
        var experiment = await experiments.StartAsync(caller, Load(body.Recipe, how, recipes), cancellationToken);
        return Results.Json(experiment, ServerJson.Default.Experiment, statusCode: StatusCodes.Status202Accepted);
    }

    private static Task<TrainingPlan> PlanAsync(
        TrainBody body, Principal caller, Caller how, IExperiments experiments, IRecipes recipes, CancellationToken cancellationToken)
        => experiments.PlanAsync(caller, Load(body.Recipe, how, recipes), cancellationToken);

    /// <summary>One of the workspace's recipes, or any file of this machine for whoever sits at it.</summary>
    internal static Recipe Load(string path, Caller how, IRecipes recipes)
    {
        if (Path.IsPathFullyQualified(path) && how.Kind != CallerKind.Socket)
        {
            throw new CairnException(
                ErrorKind.NotPermitted, "training.paths", "Files of the server's machine can be named only on that machine.",
                "Name one of the workspace's recipes (GET /api/v1/recipes), or run `cairn train RECIPE` where the server runs.");
        }
        return recipes.Load(path);
    }

    private static RecipesResponse Recipes(IRecipes recipes) => new([.. recipes.List().Select(RecipeResponse.Of)]);

    private static async Task<ExperimentsResponse> ListAsync(
        string? model, Principal caller, IExperiments experiments, CancellationToken cancellationToken, int take = 50)
        => new(await experiments.ListAsync(caller, model, take, cancellationToken));

    private static async Task<ComparisonResponse> CompareAsync(
        string ids, string? metric, Principal caller, IExperiments experiments, CancellationToken cancellationToken)
    {
        var found = new List<Experiment>();
        foreach (var id in ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()
            .Take(MostCompared))
            found.Add(await experiments.FindAsync(caller, id, cancellationToken));
        return new(found, ExperimentPictures.Compare(found, metric));
    }

    private static Task<Experiment> GetAsync(string id, Principal caller, IExperiments experiments, CancellationToken cancellationToken)
        => experiments.FindAsync(caller, id, cancellationToken);

    private static async Task<CurvesResponse> CurvesAsync(
        string id, Principal caller, IExperiments experiments, CancellationToken cancellationToken)
    {
        var points = await experiments.CurvesAsync(caller, id, cancellationToken);
        return new(points, ExperimentPictures.Curves(points));
    }

    private static Task<Experiment> CancelAsync(string id, Principal caller, IExperiments experiments, CancellationToken cancellationToken)
        => experiments.CancelAsync(caller, id, cancellationToken);

    private static Task<Experiment> StopAsync(string id, Principal caller, IExperiments experiments, CancellationToken cancellationToken)
        => experiments.StopAsync(caller, id, cancellationToken);

    private static async Task FollowAsync(
        string id, Principal caller, IExperiments experiments, TimeProvider time, IHostApplicationLifetime host, HttpContext context)
    {
        await experiments.FindAsync(caller, id, context.RequestAborted);
        // A training goes on in the next process; whoever follows it need not hold this one back from stopping.
        using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        await using var stream = await EventStream.OpenAsync(context, time);
        try
        {
            await foreach (var experiment in experiments.FollowAsync(caller, id, until.Token))
                await stream.SendAsync(experiment.Status is ExperimentStatus.Queued or ExperimentStatus.Running ? "progress" : "done",
                    experiment, ServerJson.Default.Experiment, until.Token);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // The stream ends without `done`.
        }
    }

    private static async Task<IResult> ArtefactAsync(
        string id, string name, Principal caller, IExperiments experiments, CancellationToken cancellationToken)
    {
        var content = await experiments.OpenArtefactAsync(caller, id, name, cancellationToken);
        return Results.Stream(content, name.EndsWith(".svg", StringComparison.Ordinal) ? "image/svg+xml" : "application/octet-stream",
            name);
    }
}
