using Cairn.Apps;
using Cairn.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>What the models pages post. A stored key is told masked in the answer to its form, so that answer is no redirect.</summary>
internal static class ModelsRoutes
{
    private const int ComparedTokens = 1024;
    private const int TriedTokens = 64;
    private const string TriedPrompt = "Reply with the word: ready";

    public static void MapModelsRoutes(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/models").ExcludeFromDescription();
        pages.MapPost("/keys", StoreKey).Requires(Right.ManageModels);
        pages.MapPost("/keys/{name}/remove", RemoveKey).Requires(Right.ManageModels);
        pages.MapPost("/providers", AddProviderAsync).Requires(Right.ManageModels);
        pages.MapPost("/try", TryAsync).Requires(Right.Operate);
        pages.MapPost("/compare", CompareAsync).Requires(Right.Operate);
        // A reader who reloads or follows such an address later finds the page itself.
        pages.MapGet("/keys", () => Results.LocalRedirect("/models"));
        pages.MapGet("/providers", () => Results.LocalRedirect("/models"));
        pages.MapGet("/try", () => Results.LocalRedirect("/models"));
    }

    private static RazorComponentResult StoreKey(
        [FromForm] string? provider, [FromForm] string? key, IModelInventory inventory, ISecretStore secrets, CairnHostOptions options)
    {
        try
        {
            var place = inventory.PlaceForKey(provider?.Trim() ?? "");
            secrets.Set(place.Secret, key ?? "");
            return Pages.Whole<ModelsPage>(new() { [nameof(ModelsPage.Stored)] = new ModelKeySet(place.Secret,
                secrets.List().Single(s => s.Name == place.Secret).Masked, WorkspaceLines.For(options.Workspace, place)) });
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input)
        {
            return Pages.Whole<ModelsPage>(new() { [nameof(ModelsPage.Refused)] = e, [nameof(ModelsPage.Typed)] = provider ?? "" },
                Problems.StatusOf(e.Kind));
        }
    }

    private static RedirectHttpResult RemoveKey(
        string name, [FromForm(Name = "__RequestVerificationToken")] string? _, ISecretStore secrets)
    {
        secrets.Remove(name);
        return TypedResults.LocalRedirect("/models");
    }

    private static async Task<RazorComponentResult> AddProviderAsync(
        [FromForm] string? provider, [FromForm] string? found, IModelInventory inventory, IProviderDetection detection,
        CairnHostOptions options,
        [FromServices] WorkspaceWatch? watch, CancellationToken cancellationToken)
    {
        try
        {
            var snippet = found == "true"
                ? (await detection.FindAsync(cancellationToken)).Select(f => f.Snippet).FirstOrDefault(s => s?.Provider == provider)
                : inventory.Addable(provider ?? "");
            WorkspaceEdit.AddProvider(
                options.Workspace, snippet
                    ?? throw new CairnException(ErrorKind.Input, "provider.unknown", $"'{provider}' is no provider that can be added here.",
                        "Add it to cairn.yaml by hand."), options.ProviderKinds);
            watch?.Look();
            return Pages.Whole<ModelsPage>(new() { [nameof(ModelsPage.Added)] = snippet.Provider });
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input)
        {
            return Pages.Whole<ModelsPage>(new() { [nameof(ModelsPage.Refused)] = e }, Problems.StatusOf(e.Kind));
        }
    }

    private static async Task<RazorComponentResult> TryAsync(
        [FromForm] string? model, Principal caller, IModelTrials trials, CancellationToken cancellationToken)
    {
        try
        {
            var tried = await trials.TryAsync(new() { Caller = caller }, TriedPrompt, [model ?? ""], TriedTokens, cancellationToken);
            return Pages.Whole<ModelsPage>(new() { [nameof(ModelsPage.Tried)] = tried[0] });
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input)
        {
            return Pages.Whole<ModelsPage>(new() { [nameof(ModelsPage.Refused)] = e }, Problems.StatusOf(e.Kind));
        }
    }

    private static async Task<RazorComponentResult> CompareAsync(
        [FromForm] string? prompt, [FromForm] string[]? models, Principal caller, IModelTrials trials, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object>
        {
            [nameof(ModelComparePage.Prompt)] = prompt ?? "",
            [nameof(ModelComparePage.Chosen)] = models ?? [],
        };
        try
        {
            if (models is not { Length: > 0 })
                throw new CairnException(ErrorKind.Input, "trial.invalid", "No model is chosen.", "Tick at least one.");
            parameters[nameof(ModelComparePage.Trials)] = await trials.TryAsync(new() { Caller = caller }, prompt ?? "", models,
                ComparedTokens, cancellationToken);
            return Pages.Whole<ModelComparePage>(parameters);
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input)
        {
            parameters[nameof(ModelComparePage.Refused)] = e;
            return Pages.Whole<ModelComparePage>(parameters, Problems.StatusOf(e.Kind));
        }
    }
}
