using Microsoft.Extensions.AI;

namespace Cairn.Models;

internal sealed class ModelTrials(IRoutes routes, IModelCatalog catalog, TimeProvider time) : IModelTrials
{
    private const int LongestPrompt = 20_000;

    public async Task<IReadOnlyList<Trial>> TryAsync(
        CallOrigin origin, string prompt, IReadOnlyList<string> names, int mostTokens, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(prompt) || prompt.Length > LongestPrompt)
            throw new CairnException(ErrorKind.Input, "trial.invalid", $"A trial wants a prompt of 1 to {LongestPrompt} characters.",
                "Write one.");
        if (mostTokens is < 1 or > 8_192)
            throw new CairnException(ErrorKind.Input, "trial.invalid", $"A trial's reply has 1 to 8192 tokens, not {mostTokens}.",
                "Choose a number in between.");
        IReadOnlyList<string> asked = names.Count > 0
            ? [.. names.Distinct(StringComparer.Ordinal)]
            : [.. routes.List().SelectMany(r => r.Models).Select(m => m.Model).Distinct(StringComparer.Ordinal)];
        if (names.Count > 0 && asked.Count > IModelTrials.MostModels)
            throw new CairnException(ErrorKind.Input, "trial.invalid", $"{asked.Count} models are more than can be set side by side.",
                $"Name at most {IModelTrials.MostModels}.");
        var found = asked.Select(name => routes.Find(name, origin)
            ?? throw new CairnException(ErrorKind.Input, "model.unknown",
                $"There is no route '{ModelName.Quoted(name)}' in this workspace.", "Declare it in cairn.yaml under models: routes."))
                .ToArray();
        return await Task.WhenAll(found.Select(route => TryAsync(route, prompt, mostTokens, cancellationToken)));
    }

    private async Task<Trial> TryAsync(ModelRoute route, string prompt, int mostTokens, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var updates = new List<ChatResponseUpdate>();
        double? first = null;
        try
        {
            await foreach (var update in route.Client.GetStreamingResponseAsync([new(ChatRole.User, prompt)],
                new() { MaxOutputTokens = mostTokens }, cancellationToken))
            {
                if (first is null && update.Contents.Any(c => c is not UsageContent))
                    first = time.GetElapsedTime(began).TotalMilliseconds;
                updates.Add(update);
            }
        }
        catch (CairnException e)
        {
            return new()
            {
                Name = route.Name,
                Milliseconds = time.GetElapsedTime(began).TotalMilliseconds,
                FirstMilliseconds = first,
                Error = new(e.Code, e.Message, e.Fix),
            };
        }
        var took = time.GetElapsedTime(began).TotalMilliseconds;
        var response = updates.ToChatResponse();
        var model = response.ModelId is { } id && ModelName.Parse(id) is { } name ? name : ModelName.Parse(route.Name);
        var usage = response.Usage;
        return new()
        {
            Name = route.Name,
            Model = model?.ToString(),
            Text = response.Text,
            Milliseconds = took,
            FirstMilliseconds = first,
            InputTokens = usage?.InputTokenCount,
            OutputTokens = usage?.OutputTokenCount,
            CostUsd = usage is { InputTokenCount: { } input, OutputTokenCount: { } output } && model is not null
                ? catalog.Find(model)?.PriceOn(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))?.CostOf(new(input,
                    usage.CachedInputTokenCount ?? 0, 0, output, 0))
                : null,
        };
    }
}
