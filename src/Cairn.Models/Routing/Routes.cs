namespace Cairn.Models;

internal sealed class Routes(ModelsInForce models, ProviderClients clients, Router router, Gateway gateway) : IRoutes
{
    public ModelRoute? Find(string name, CallOrigin origin)
    {
        if (router.Find(name) is { } route)
            return new(name, new RouteChatClient(gateway, route, origin));
        return name == IRoutes.Default ? null : throw router.Unknown(name, "floor");
    }

    public IReadOnlyList<RouteStatus> List() => [.. router.Routes.Select(r => new RouteStatus(r.Name, [.. r.Targets.Select(StatusOf)]))];

    public IReadOnlyList<string> MissingProviders()
        => [.. models.Now.Providers.SelectMany(p => clients.Missing(p).Select(m => $"{p.Name}: {m}"))];

    private ModelStatus StatusOf(Target target)
    {
        var missing = clients.Find(target.Name.Provider) is { } provider ? clients.Missing(provider) : ["no such provider"];
        if (!missing.IsEmpty)
            return new(target.Text, ModelState.Missing, string.Join("; ", missing));
        return target.RestLeft is { } rest
            ? new(target.Text, ModelState.Resting,
                FormattableString.Invariant($"failed several times in a row; tried again in {Math.Ceiling(rest.TotalSeconds):0} s"))
            : new(target.Text, ModelState.Ready, target.Doubt);
    }
}
