using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>Finds what a caller named, and puts its models into the order in which one call tries them.</summary>
internal sealed class Router
{
    private const double ShareToMeasure = .05;
    private const long UsualOutput = 500;

    /// <summary>Shorter bodies fit every model that there is.</summary>
    private const int SureToFit = 8 * 1024;

    private const int MostAlone = 1000;

    private readonly Targets _targets;
    private readonly IModelCatalog? _catalog;
    private readonly Chance _chance;
    private readonly TimeProvider _time;
    private volatile Table _table;

    public Router(ModelsInForce models, Targets targets, IModelCatalog? catalog, Chance chance, TimeProvider time)
    {
        (_targets, _catalog, _chance, _time) = (targets, catalog, chance, time);
        _table = new(models.Now, targets);
    }

    public StickyModels Sticky { get; } = new();

    public IEnumerable<Route> Routes => _table.Declared;

    /// <summary>Calls from now on find these.</summary>
    public void Replace(ModelsDeclaration models) => _table = new(models, _targets);

    /// <returns>null when there is no such route and no such provider.</returns>
    public Route? Find(string name)
    {
        var table = _table;
        if (table.Routes.TryGetValue(name, out var route) || table.Alone.TryGetValue(name, out route))
            return route;
        if (ModelName.Parse(name) is not { } model || !table.Models.Providers.Any(p => p.Name == model.Provider))
            return null;
        route = new Route(name, new RouteDeclaration(name, [model]), [_targets[model]]) { Declared = null };
        return table.Alone.Count < MostAlone ? table.Alone.GetOrAdd(name, route) : route;
    }

    /// <param name="beside">What may be named there beside routes and models.</param>
    public CairnException Unknown(string name, string beside)
    {
        var models = _table.Models;
        var known = models.Routes.Select(r => r.Name).Concat(models.Providers.Select(p => p.Name + "/MODEL")).Append(beside);
        return new(ErrorKind.Input, "model.unknown", $"There is no route and no model '{ModelName.Quoted(name)}' in this workspace.",
            $"Name one of: {string.Join(", ", known)}. Routes are declared in cairn.yaml.");
    }

    /// <exception cref="CairnException">No model of the route can do what the call asks (<c>route.unfit</c>).</exception>
    public IReadOnlyList<Target> Order(Route route, CallNeeds needs, CallOrigin origin)
    {
        if (route.IsPlain && needs.IsEasy(SureToFit) && !AnyRests(route.Targets))
            return route.Targets;
        var chosen = Fitting(route, needs, origin);
        switch (route.Declaration.Strategy)
        {
            case RouteStrategy.Weighted:
                Shuffle(chosen);
                break;
            case RouteStrategy.Latency:
                SortByLatency(chosen);
                break;
            case RouteStrategy.Cost:
                chosen = [.. chosen.OrderBy(c => CostOf(c.Target, needs))];
                break;
        }
        var first = route.Declaration.Sticky ? Sticky.Find(route.Name, origin) : null;
        // Stable: within each of these the strategy's order stays.
        return [.. chosen.OrderBy(c => Emulates(c.Target, needs))
            .ThenBy(c => c.Target.RestLeft is not null ? 3 : c.Target == first ? 0 : c.Share.Tags.IsEmpty ? 2 : 1).Select(c => c.Target)];
    }

    /// <summary>Whether a model would follow the call's schema only by prompt: those that take it go first.</summary>
    private bool Emulates(Target target, CallNeeds needs)
        => needs.Abilities.HasFlag(ModelAbilities.JsonSchema) && _catalog?.Find(target.Name) is { } facts
            && !facts.Abilities.HasFlag(ModelAbilities.JsonSchema);

    private static bool AnyRests(Target[] targets)
    {
        foreach (var target in targets)
        {
            if (target.RestLeft is not null)
                return true;
        }
        return false;
    }

    private List<(RouteShare Share, Target Target)> Fitting(Route route, CallNeeds needs, CallOrigin origin)
    {
        var fitting = new List<(RouteShare, Target)>(route.Targets.Length);
        var (tooLong, why) = (new List<(RouteShare, Target)>(), "");
        for (var i = 0; i < route.Targets.Length; i++)
        {
            var (share, target) = (route.Shares[i], route.Targets[i]);
            if (!share.Tags.IsEmpty && !share.Tags.Any(t => origin.Tags.Contains(t)))
                why = $"{target.Text} serves only calls with the tag {string.Join(" or ", share.Tags)}";
            else if (needs.Misfit(_catalog?.Find(target.Name)) is { } misfit)
                why = $"{target.Text} {misfit}";
            else
                (needs.LooksTooLong(_catalog?.Find(target.Name)) ? tooLong : fitting).Add((share, target));
        }
        // Where all look too short, the count before the call decides, and names itself.
        if (fitting.Count == 0)
            fitting = tooLong;
        return fitting.Count > 0 || route.Targets.Length == 0 ? fitting : throw new CairnException(ErrorKind.Input, "route.unfit",
            $"No model of '{route.Name}' can take this call: {why}.",
            "Ask for less, or name a route with a model that can; models/catalog.yaml says what each can do.");
    }

    /// <summary>Draws one after another, each in proportion to its weight among those left.</summary>
    private void Shuffle(List<(RouteShare Share, Target Target)> models)
    {
        for (var i = 0; i < models.Count - 1; i++)
        {
            var point = _chance.Next() * models.Skip(i).Sum(m => m.Share.Weight);
            var pick = i;
            while (pick < models.Count - 1 && (point -= models[pick].Share.Weight) >= 0)
                pick++;
            (models[i], models[pick]) = (models[pick], models[i]);
        }
    }

    private void SortByLatency(List<(RouteShare Share, Target Target)> models)
    {
        models.Sort((a, b) => a.Target.FirstByteSeconds.CompareTo(b.Target.FirstByteSeconds));
        if (models.Count < 2 || _chance.Next() >= ShareToMeasure)
            return;
        var other = 1 + (int)(_chance.Next() * (models.Count - 1));
        (models[0], models[other]) = (models[other], models[0]);
    }

    private decimal CostOf(Target target, CallNeeds needs)
    {
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        return _catalog?.Find(target.Name)?.PriceOn(today)?.CostOf(new CallUsage(needs.InputTokens, 0, 0, needs.MaxOutput ?? UsualOutput,
            0)) ?? decimal.MaxValue;
    }

    /// <summary>What may be called by one reading of the file.</summary>
    private sealed class Table(ModelsDeclaration models, Targets targets)
    {
        public ModelsDeclaration Models => models;

        public Dictionary<string, Route> Routes { get; }
            = models.Routes.ToDictionary(
                r => r.Name, r => new Route(r.Name, r, [.. r.Targets.Select(t => targets[t])]), StringComparer.Ordinal);

        public IEnumerable<Route> Declared => models.Routes.Select(r => Routes[r.Name]);

        /// <summary>Models that callers named themselves.</summary>
        public ConcurrentDictionary<string, Route> Alone { get; } = new(StringComparer.Ordinal);
    }
}
