using System.Text.Json.Nodes;
using Cairn.Training;

namespace Cairn.Server;

/// <summary>Trained models: versions, which one is live, its predictions and how they are doing.</summary>
internal static class TrainedModelsApi
{
    private const int Week = 24 * 7;

    public static void MapTrainedModelsApi(this IEndpointRouteBuilder api)
    {
        var registry = api.MapGroup("/registry").Requires(Right.Train).WithTags("training");
        registry.MapGet("", ListAsync).WithSummary("Trained models with their versions");
        registry.MapGet("/{model}", GetAsync).WithSummary("One trained model: versions, which one is live, what was live when");
        registry.MapPost("/{model}/promote", PromoteAsync).WithSummary("Make a version the one that predicts");
        registry.MapPost("/{model}/rollback", RollBackAsync).WithSummary("Bring back the version that was live before");
        registry.MapGet("/{model}/monitoring", MonitorAsync)
            .WithSummary("What a version served: calls, latency, errors, and drift from its training data by field");
        var models = api.MapGroup("/models").Requires(Right.CallModels).WithTags("training");
        models.MapPost("/{model}/predict", PredictAsync).WithSummary("Predict by the live version of a trained model: one row or several");
        models.MapGet("/{model}/schema", SchemaAsync).WithSummary("The JSON Schema of one row of a trained model");
    }

    private static async Task<RegistryResponse> ListAsync(Principal caller, IModelRegistry registry, CancellationToken cancellationToken)
        => new(await registry.ListAsync(caller, cancellationToken));

    private static Task<RegisteredModel> GetAsync(
        string model, Principal caller, IModelRegistry registry, CancellationToken cancellationToken)
        => registry.FindAsync(caller, model, cancellationToken);

    private static Task<RegisteredModel> PromoteAsync(
        string model, PromoteBody body, Principal caller, IModelRegistry registry, CancellationToken cancellationToken)
        => registry.PromoteAsync(caller, model, body.Version, cancellationToken);

    private static Task<RegisteredModel> RollBackAsync(
        string model, Principal caller, IModelRegistry registry, CancellationToken cancellationToken)
        => registry.RollBackAsync(caller, model, from: null, cancellationToken);

    private static Task<Monitoring> MonitorAsync(
        string model, int? version, Principal caller, IPredictions predictions, CancellationToken cancellationToken, int hours = Week)
        => predictions.MonitorAsync(caller, model, version, hours, cancellationToken);

    private static Task<PredictionResult> PredictAsync(
        string model, PredictBody body, Principal caller, IPredictions predictions, CancellationToken cancellationToken)
    {
        if (body.Row is null == body.Rows is null)
            throw new CairnException(ErrorKind.Input, "prediction.body", "The body has either `row` or `rows`.",
                "Send {\"row\": {…}} or {\"rows\": [{…}, {…}]}.");
        return predictions.PredictAsync(caller, model, body.Rows ?? [body.Row!.Value], cancellationToken);
    }

    private static Task<JsonObject> SchemaAsync(
        string model, Principal caller, IPredictions predictions, CancellationToken cancellationToken)
        => predictions.SchemaAsync(caller, model, cancellationToken);
}
