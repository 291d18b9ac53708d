using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads the <c>models</c> section of <c>cairn.yaml</c>.</summary>
internal sealed class ModelsReader(string folder, Problems problems)
{
    private const string Floor = "floor";

    public ModelsDeclaration Read(Fields? models)
    {
        if (models is null)
            return ModelsDeclaration.Empty;
        var entries = models.Entries("providers");
        return new()
        {
            Providers = [.. entries.Select(ReadProvider).OfType<ProviderDeclaration>()],
            Routes = [.. models.Entries("routes").Select(e => ReadRoute(e, [.. entries.Select(p => p.Key.Value)]))],
        };
    }

    private ProviderDeclaration? ReadProvider(YamlEntry entry)
    {
        var name = entry.Key.Value;
        if (!WorkspaceFileReader.Name().IsMatch(name) || name is Floor or "app")
            problems.Add(entry.Key, $"'{name}' is no name of a provider; use small letters, digits and dashes (floor and app are taken)");
        var provider = new Fields(entry.Value, WorkspaceShapes.Provider, $"models.providers.{name}", problems);
        provider.Require("kind");
        if (provider.Find("kind") is YamlScalar { Value: "anthropic" })
        {
            provider.Problem("kind", "the kind 'anthropic' is not available yet; use kind: openai with baseUrl: https://api.anthropic.com/v1");
            return null;
        }
        return provider.Word("kind", "openai", "scripted") switch
        {
            "openai" => ReadOpenAi(name, provider),
            "scripted" => ReadScripted(name, provider),
            _ => null,
        };
    }

    private static ProviderDeclaration ReadOpenAi(string name, Fields provider)
    {
        provider.Require("baseUrl");
        var url = provider.Setting("baseUrl");
        if (url is { HasReferences: false } && !(Uri.TryCreate(url.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            provider.Problem("baseUrl", $"'{url.Text}' is no address; write one such as http://127.0.0.1:11434/v1");
        var key = provider.Setting("apiKey");
        if (key is { IsOnlyReferences: false })
            provider.Problem("apiKey", "a key does not belong into a file under Git; write ${env:NAME} or ${secret:NAME}");
        if (provider.Has("script"))
            provider.Problem("script", "only a provider of the kind 'scripted' has a script");
        return new() { Name = name, Kind = ProviderKind.OpenAi, BaseUrl = url, ApiKey = key, Limits = ReadLimits(provider) };
    }

    private ProviderDeclaration ReadScripted(string name, Fields provider)
    {
        provider.Require("script");
        foreach (var field in provider.Present("baseUrl", "apiKey"))
            provider.Problem(field, $"a provider of the kind 'scripted' has no {field}");
        var path = provider.Text("script");
        return new()
        {
            Name = name,
            Kind = ProviderKind.Scripted,
            Script = path is null ? null : ScriptFile.Load(Path.GetFullPath(path, folder), path),
            Limits = ReadLimits(provider),
        };
    }

    private static TimeLimits ReadLimits(Fields provider)
    {
        var limits = provider.Group("limits", WorkspaceShapes.Limits);
        var usual = TimeLimits.Default;
        return limits is null ? usual : new(
            limits.Duration("connect") ?? usual.Connect,
            limits.Duration("firstToken") ?? usual.FirstToken,
            limits.Duration("betweenTokens") ?? usual.BetweenTokens,
            limits.Duration("total") ?? usual.Total);
    }

    private RouteDeclaration ReadRoute(YamlEntry entry, ImmutableArray<string> providers)
    {
        var name = entry.Key.Value;
        if (!WorkspaceFileReader.Name().IsMatch(name) || name == Floor)
            problems.Add(entry.Key, $"'{name}' is no name of a route; use small letters, digits and dashes (floor is taken)");
        var targets = ImmutableArray.CreateBuilder<ModelName>();
        if (entry.Value is not YamlSequence { Items.IsEmpty: false } list)
        {
            problems.Add(entry.Value, $"'models.routes.{name}' should be a list such as [local/llama], not {Fields.KindOf(entry.Value)}");
            return new(name, []);
        }
        foreach (var item in list.Items)
        {
            if (item is not YamlScalar { IsNull: false } scalar || ModelName.Parse(scalar.Value) is not { } model)
                problems.Add(item, $"'models.routes.{name}' lists models as provider/model, not {Fields.KindOf(item)}");
            else if (!providers.Contains(model.Provider))
                problems.Add(item, $"'{model}' names no provider of this file", Nearest.To(model.Provider, providers) is { } near ? $"{near}/{model.Model}" : null);
            else
                targets.Add(model);
        }
        return new(name, targets.ToImmutable());
    }
}
