using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads the <c>models</c> section of <c>cairn.yaml</c>.</summary>
internal sealed class ModelsReader(string folder, IReadOnlyList<IProviderKind> kinds, Problems problems)
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
            Tokenizers = ReadTokenizers(models, [.. entries.Select(p => p.Key.Value)]),
            Cache = ReadCache(models.Group("cache", WorkspaceShapes.Cache)),
        };
    }

    private ProviderDeclaration? ReadProvider(YamlEntry entry)
    {
        var name = entry.Key.Value;
        if (!WorkspaceFileReader.Name().IsMatch(name) || name is Floor or "app")
            problems.Add(entry.Key, $"'{name}' is no name of a provider; use small letters, digits and dashes (floor and app are taken)");
        var provider = new Fields(entry.Value, WorkspaceShapes.ProviderOf(kinds), $"models.providers.{name}", problems);
        provider.Require("kind");
        return provider.Word("kind", [.. kinds.Select(k => k.Name)]) is { } kind
            ? new ProviderReader(folder).Read(name, provider, kinds.First(k => k.Name == kind), kinds, ReadLimits(provider))
            : null;
    }

    private ImmutableDictionary<ModelName, string> ReadTokenizers(Fields models, ImmutableArray<string> providers)
    {
        var files = ImmutableDictionary.CreateBuilder<ModelName, string>();
        foreach (var (text, file) in models.Settings("tokenizers"))
        {
            var path = Path.GetFullPath(file.Text, folder);
            if (ModelName.Parse(text) is not { } model || !providers.Contains(model.Provider))
                models.Problem("tokenizers", $"'{text}' names no model of a declared provider; write PROVIDER/MODEL");
            else if (!File.Exists(path))
                models.Problem("tokenizers", $"there is no file {file.Text}");
            else
                files[model] = path;
        }
        return files.ToImmutable();
    }

    private static CacheDeclaration ReadCache(Fields? cache)
        => new((long?)cache?.Whole("megabytes", 1, 1_000_000) << 20 ?? CacheDeclaration.Default.Bytes,
            cache?.Duration("keep") ?? CacheDeclaration.Default.Keep);

    private static TimeLimits ReadLimits(Fields provider)
    {
        var limits = provider.Group("limits", WorkspaceShapes.Limits);
        var usual = TimeLimits.Default;
        return limits is null ? usual : new(
            limits.Wait("connect") ?? usual.Connect,
            limits.Wait("firstToken") ?? usual.FirstToken,
            limits.Wait("betweenTokens") ?? usual.BetweenTokens,
            limits.Wait("total") ?? usual.Total);
    }

    private RouteDeclaration ReadRoute(YamlEntry entry, ImmutableArray<string> providers)
    {
        var name = entry.Key.Value;
        if (!WorkspaceFileReader.Name().IsMatch(name) || name == Floor)
            problems.Add(entry.Key, $"'{name}' is no name of a route; use small letters, digits and dashes (floor is taken)");
        return new RouteReader(name, providers, problems).Read(entry.Value);
    }
}
