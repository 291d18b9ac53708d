using System.Collections.Immutable;

namespace Cairn.Models;

internal sealed class ModelInventory(
    ModelsInForce models, ProviderClients clients, Router router, IRoutes routes, Targets targets, IModelCatalog catalog, TimeProvider time)
    : IModelInventory
{
    private static readonly ImmutableArray<ModelAbilities> Abilities = [.. Enum.GetValues<ModelAbilities>()
        .Where(a => a != ModelAbilities.None)];

    public IReadOnlyList<InventoryProvider> Providers() => [.. models.Now.Providers.Select(ReadProvider)];

    public IReadOnlyList<InventoryModel> Models()
    {
        var states = routes.List().SelectMany(r => r.Models).DistinctBy(m => m.Model).ToDictionary(m => m.Model);
        return [.. router.Routes.SelectMany(r => r.Targets).Concat(targets.All.OrderBy(t => t.Text, StringComparer.Ordinal)).Distinct()
            .Select(t => ReadModel(t, states.GetValueOrDefault(t.Text)))];
    }

    public KeyPlace PlaceForKey(string provider)
    {
        if (clients.Find(provider) is not { } declared)
            return new(provider, Undeclared: KnownServices.Snippet(provider, $"${{secret:{provider}}}"));
        if (declared.ApiKey is not { } key)
            return new(provider, Keyless: provider);
        if (key.Text.Trim() is var text && text.StartsWith("${secret:", StringComparison.Ordinal)
            && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1)
            return new(text["${secret:".Length..^1]);
        throw new CairnException(ErrorKind.Input, "secret.elsewhere", $"The provider '{provider}' takes its key from {text}.",
            $"Set it there, or write apiKey: ${{secret:{provider}}} in cairn.yaml and set it here.");
    }

    public ProviderSnippet? Addable(string provider)
        => clients.Find(provider) is null ? KnownServices.Find(provider, $"${{secret:{provider}}}") : null;

    private InventoryProvider ReadProvider(ProviderDeclaration provider)
    {
        var missing = clients.Missing(provider);
        return new(provider.Name, provider.Kind,
            missing.IsEmpty ? clients.KindOf(provider).AddressOf(clients.ConnectionOf(provider))?.Authority : null, missing);
    }

    private InventoryModel ReadModel(Target target, ModelStatus? status)
    {
        var facts = catalog.Find(target.Name);
        var durations = target.Meter.Duration.Counts.Sum();
        return new()
        {
            Name = target.Text,
            State = status?.State ?? ModelState.Ready,
            Detail = status is null ? target.Doubt : status.Detail,
            Routes = [.. models.Now.Routes.Where(r => r.Targets.Contains(target.Name)).Select(r => r.Name)],
            ContextWindow = facts?.ContextWindow,
            MaxOutput = facts?.MaxOutput,
            Abilities = facts is null
                ? []
                : [.. Abilities.Where(a => facts.Abilities.HasFlag(a))
                    .Select(a => char.ToLowerInvariant(a.ToString()[0]) + a.ToString()[1..])],
            Price = facts?.PriceOn(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
            Attempts = durations,
            Failures = target.Meter.Failures.ToImmutableSortedDictionary(),
            LastFailure = target.Meter.LastFailure,
            FirstByte = Percentiles.Of(target.Meter.FirstByte),
            Duration = Percentiles.Of(target.Meter.Duration),
        };
    }
}
