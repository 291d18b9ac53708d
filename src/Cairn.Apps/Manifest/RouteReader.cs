using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads one route of <c>cairn.yaml</c>: a list of models tried in order, or fields that say how one is chosen.</summary>
internal sealed class RouteReader(string name, ImmutableArray<string> providers, Problems problems)
{
    private readonly ImmutableArray<ModelName>.Builder _targets = ImmutableArray.CreateBuilder<ModelName>();
    private readonly ImmutableDictionary<ModelName, RouteShare>.Builder _shares =
        ImmutableDictionary.CreateBuilder<ModelName, RouteShare>();

    private string Place => $"models.routes.{name}";

    public RouteDeclaration Read(YamlNode node) => node switch
    {
        YamlMapping => ReadFields(new Fields(node, WorkspaceShapes.Route, Place, problems)),
        YamlSequence { Items.IsEmpty: false } list => ReadList(list),
        _ => Wrong(node, Place),
    };

    private RouteDeclaration ReadList(YamlSequence list)
    {
        foreach (var item in list.Items)
            Add(item, RouteShare.Usual);
        return new(name, _targets.ToImmutable());
    }

    private RouteDeclaration ReadFields(Fields route)
    {
        route.Require("models");
        if (route.Find("models") is { } models)
        {
            if (models is not YamlSequence { Items.IsEmpty: false } list)
                return Wrong(models, Place + ".models");
            for (var i = 0; i < list.Items.Length; i++)
                ReadModel(list.Items[i], $"{Place}.models[{i}]");
        }
        var strategy = route.Word("strategy", "ordered", "weighted", "latency", "cost") switch
        {
            "weighted" => RouteStrategy.Weighted,
            "latency" => RouteStrategy.Latency,
            "cost" => RouteStrategy.Cost,
            _ => RouteStrategy.Ordered,
        };
        if (strategy != RouteStrategy.Weighted && _shares.Values.Any(s => s.Weight != 1))
            route.Problem(route.Has("strategy") ? "strategy" : "models", $"weights of {Place} count only with strategy: weighted");
        var similar = ReadSimilarity(route);
        return new(name, _targets.ToImmutable())
        {
            Shares = _shares.ToImmutable(),
            Strategy = strategy,
            Retries = route.Whole("retries", 0, 10) ?? 0,
            Hedge = route.Wait("hedge"),
            Sticky = route.Truth("sticky") ?? false,
            Cache = similar is not null || (route.Find("cache") is not YamlMapping && route.Word("cache", "off", "exact") == "exact"),
            Similar = similar,
        };
    }

    private Similarity? ReadSimilarity(Fields route)
    {
        if (route.Find("cache") is not YamlMapping node)
            return null;
        var cache = new Fields(node, WorkspaceShapes.RouteCache, Place + ".cache", problems);
        cache.Require("semantic", "distance");
        var distance = cache.Number("distance", 0, 1);
        if (cache.Text("semantic") is not { } text)
            return null;
        if (ModelName.Parse(text) is not { } model || !providers.Contains(model.Provider))
        {
            cache.Problem("semantic", $"'{text}' names no embedding model of a declared provider; write PROVIDER/MODEL");
            return null;
        }
        return distance is { } most ? new(model, most) : null;
    }

    private void ReadModel(YamlNode item, string place)
    {
        if (item is not YamlMapping)
        {
            Add(item, RouteShare.Usual);
            return;
        }
        var fields = new Fields(item, WorkspaceShapes.RouteModel, place, problems);
        fields.Require("model");
        if (fields.Find("model") is { } model)
            Add(model, new(fields.Whole("weight", 0, 1000) ?? 1) { Tags = [.. fields.Words("tags").Select(t => t.Value)] });
    }

    private void Add(YamlNode item, RouteShare share)
    {
        if (item is not YamlScalar { IsNull: false } scalar || ModelName.Parse(scalar.Value) is not { } model)
            problems.Add(item, $"'{Place}' lists models as provider/model, not {Fields.KindOf(item)}");
        else if (!providers.Contains(model.Provider))
            problems.Add(item, $"'{model}' names no provider of this file",
                Nearest.To(model.Provider, providers) is { } near ? $"{near}/{model.Model}" : null);
        else if (_targets.Contains(model))
            problems.Add(item, $"'{Place}' names '{model}' twice");
        else
        {
            _targets.Add(model);
            if (share.Weight != 1 || !share.Tags.IsEmpty)
                _shares[model] = share;
        }
    }

    private RouteDeclaration Wrong(YamlNode node, string place)
    {
        problems.Add(node, $"'{place}' should be a list such as [local/llama], not {Fields.KindOf(node)}");
        return new(name, []);
    }
}
