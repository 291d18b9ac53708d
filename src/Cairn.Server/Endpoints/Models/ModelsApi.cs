using Cairn.Apps;
using Cairn.Models;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>What there is to call, whether it answers, the keys it takes.</summary>
internal static class ModelsApi
{
    private const string UsualPrompt = "Reply with the word: ready";
    private const int UsualTokens = 16;
    private const long LargestTrial = 16 << 20;
    private static readonly double[] UsualDistances = [.01, .02, .03, .05, .07, .1, .15, .2, .3, .5];

    public static void MapModelsApi(this IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("/models").WithTags("models").Requires(Right.Operate);
        models.MapGet("", List).WithSummary("Providers and models: what is known of them and how they do");
        models.MapPost("/try", TryAsync).WithSummary("Ask models one thing, side by side; each is called and may bill");
        models.MapPost("/similar", SimilarAsync).WithMetadata(new RequestSizeLimitAttribute(LargestTrial))
            .WithSummary("Measure how often a cache by meaning would give a wrong reply, by distance");
        var keys = api.MapGroup("/models/keys").WithTags("models").Requires(Right.ManageModels);
        keys.MapGet("", ListKeys).WithSummary("Stored keys, masked");
        keys.MapPut("/{provider}", SetKey).WithSummary("Store a provider's key, encrypted; it is never shown again");
        keys.MapDelete("/{provider}", RemoveKey).WithSummary("Remove a stored key");
    }

    private static ModelsResponse List(IModelInventory inventory) => new(inventory.Providers(), inventory.Models());

    private static async Task<TrialsResponse> TryAsync(
        TryBody body, Principal caller, IModelTrials trials, CancellationToken cancellationToken)
        => new(await trials.TryAsync(new() { Caller = caller }, body.Prompt ?? UsualPrompt, body.Models ?? [],
            body.MaxTokens ?? UsualTokens, cancellationToken));

    private static async Task<SimilarResponse> SimilarAsync(
        SimilarBody body, Principal caller, ISimilarityTrials trials, CancellationToken cancellationToken)
        => new(body.Model, await trials.RunAsync(new() { Caller = caller }, body.Model, body.Questions, body.Distances ?? UsualDistances,
            cancellationToken));

    private static ModelKeysResponse ListKeys(ISecretStore secrets) => new(secrets.List());

    private static ModelKeySet SetKey(
        string provider, SetModelKeyBody body, ISecretStore secrets, IModelInventory inventory, CairnHostOptions options)
    {
        var place = inventory.PlaceForKey(provider);
        secrets.Set(place.Secret, body.Value);
        return new(place.Secret, secrets.List().Single(s => s.Name == place.Secret).Masked, WorkspaceLines.For(options.Workspace, place));
    }

    private static IResult RemoveKey(string provider, ISecretStore secrets, IModelInventory inventory)
        => secrets.Remove(provider) || secrets.Remove(inventory.PlaceForKey(provider).Secret)
            ? Results.NoContent()
            : throw new CairnException(ErrorKind.NotFound, "secret.unknown", $"There is no stored key '{provider}'.",
                "See which there are: cairn models key list");
}
