using System.Collections.Immutable;

namespace Cairn.Models;

internal sealed class Routes(ModelsDeclaration models, ProviderClients clients, ModelHealth health) : IRoutes
{
    public ModelRoute? Find(string name)
    {
        if (models.Routes.FirstOrDefault(r => r.Name == name) is { } route)
            return Open(route.Name, route.Targets);
        if (ModelName.Parse(name) is { } model && clients.Find(model.Provider) is not null)
            return Open(name, [model]);
        if (name == IRoutes.Default)
            return null;
        var known = models.Routes.Select(r => r.Name).Concat(models.Providers.Select(p => p.Name + "/MODEL")).Append("floor");
        throw new CairnException(ErrorKind.Input, "model.unknown", $"There is no route and no model '{name}' in this workspace.", $"Name one of: {string.Join(", ", known)}. Routes are declared in cairn.yaml.");
    }

    public IReadOnlyList<RouteStatus> List() => [.. models.Routes.Select(r => new RouteStatus(r.Name, [.. r.Targets.Select(StatusOf)]))];

    public IReadOnlyList<string> MissingProviders()
        => [.. models.Providers.SelectMany(p => clients.Missing(p).Select(m => $"{p.Name}: {m}"))];

    private ModelRoute Open(string name, ImmutableArray<ModelName> targets) => new(name, new RouteChatClient(name, targets, clients, health));

    private ModelStatus StatusOf(ModelName model)
    {
        var missing = clients.Find(model.Provider) is { } provider ? clients.Missing(provider) : ["no such provider"];
        if (!missing.IsEmpty)
            return new(model.ToString(), ModelState.Missing, string.Join("; ", missing));
        return health.RestOf(model) is { } rest
            ? new(model.ToString(), ModelState.Resting, FormattableString.Invariant($"failed several times in a row; tried again in {Math.Ceiling(rest.TotalSeconds):0} s"))
            : new(model.ToString(), ModelState.Ready, null);
    }
}
