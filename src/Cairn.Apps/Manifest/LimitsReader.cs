using System.Collections.Immutable;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads the <c>limits</c> section of <c>cairn.yaml</c>.</summary>
internal static class LimitsReader
{
    private const string Provider = "provider:";

    private static readonly ImmutableArray<string> Measures = ["requests", "input", "output", "concurrent"];

    public static LimitsDeclaration Read(Fields? limits, ModelsDeclaration models)
    {
        if (limits is null)
            return LimitsDeclaration.Empty;
        var queue = limits.Group("queue", WorkspaceShapes.Queue);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return new()
        {
            Rules = [.. limits.Groups("calls", WorkspaceShapes.CallLimit).Select(l => ReadRule(l, models, taken)).OfType<LimitRule>()],
            QueueLength = queue?.Whole("length", 0, 100_000) ?? LimitsDeclaration.Empty.QueueLength,
            Wait = queue?.Wait("wait") ?? LimitsDeclaration.Empty.Wait,
        };
    }

    private static LimitRule? ReadRule(Fields limit, ModelsDeclaration models, HashSet<string> taken)
    {
        limit.Require("for");
        if (!limit.Present(Measures).Any())
            limit.Problem("for", $"'{limit.Place("for")}' says nothing to limit; add one of {string.Join(", ", Measures)}");
        var each = limit.Truth("each") ?? false;
        var rule = new LimitRule
        {
            Each = each,
            Requests = limit.Whole("requests", 1, int.MaxValue),
            Input = limit.Whole("input", 1, int.MaxValue),
            Output = limit.Whole("output", 1, int.MaxValue),
            Concurrent = limit.Whole("concurrent", 1, int.MaxValue),
        };
        if (limit.Find("for") is YamlScalar { Value: var text } && text.StartsWith(Provider, StringComparison.Ordinal))
            rule = rule with { Provider = ReadProvider(limit, text[Provider.Length..], models) };
        else if (Scopes.Read(limit, each, "provider") is { } scope)
            rule = rule with { For = scope };
        else
            return null;
        if (each && rule.Provider is not null)
            limit.Problem("each", "'each' belongs to everyone, group:NAME or app:NAME");
        if (!taken.Add($"{rule.Name} {each}"))
            limit.Problem("for", $"'{rule.Name}' has a limit already; give all of it in one place");
        return rule;
    }

    private static string ReadProvider(Fields limit, string name, ModelsDeclaration models)
    {
        var provider = name.Split('/')[0];
        if (models.Providers.All(p => p.Name != provider))
            limit.Problem("for", $"'{provider}' is no provider of this file",
                Nearest.To(provider, models.Providers.Select(p => p.Name)) is { } near ? Provider + near + name[provider.Length..] : null);
        return name;
    }
}
