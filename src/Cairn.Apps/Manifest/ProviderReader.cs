using System.Collections.Immutable;
using System.Globalization;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads what a provider's kind lets its declaration say.</summary>
internal sealed class ProviderReader(string folder)
{
    private const string Script = "script";

    public ProviderDeclaration Read(string name, Fields provider, IProviderKind kind, IReadOnlyList<IProviderKind> kinds, TimeLimits limits)
    {
        foreach (var stranger in provider.Present(kinds.SelectMany(k => k.Fields).Select(f => f.Name).Distinct()
            .Except(kind.Fields.Select(f => f.Name))))
            provider.Problem(stranger, $"a provider of the kind '{kind.Name}' has no {stranger}");
        provider.Require([.. kind.Fields.Where(f => f.Required).Select(f => f.Name)]);
        var options = ImmutableDictionary.CreateBuilder<string, Setting>();
        foreach (var field in kind.Fields.Where(f => f.Form != ProviderFieldForm.Map && f.Name is not Script))
        {
            if (ReadField(provider, field) is { } setting)
                options[field.Name] = setting;
        }
        return new()
        {
            Name = name,
            Kind = kind.Name,
            BaseUrl = Take(options, ProviderField.BaseUrl),
            ApiKey = Take(options, ProviderField.ApiKey),
            Headers = ReadMap(provider, kind, ProviderField.Headers),
            Query = ReadMap(provider, kind, ProviderField.Query),
            Options = options.ToImmutable(),
            Script = kind.Fields.Any(f => f.Name == Script) ? ReadScript(provider) : null,
            Limits = limits,
        };
    }

    private Script? ReadScript(Fields provider)
    {
        if (provider.Text(Script) is not { } path)
            return null;
        var file = Path.GetFullPath(path, folder);
        if (File.Exists(file))
            return ScriptFile.Load(file, path);
        provider.Problem(Script, $"'{provider.Place(Script)}' names a file that does not exist: {file}");
        return null;
    }

    private Setting? ReadField(Fields provider, ProviderField field)
    {
        switch (field.Form)
        {
            case ProviderFieldForm.Truth:
                return provider.Truth(field.Name) is { } truth ? new(truth ? "true" : "false") : null;
            case ProviderFieldForm.Whole:
                return provider.Whole(field.Name, 1, int.MaxValue) is { } whole ? new(whole.ToString(CultureInfo.InvariantCulture)) : null;
            case ProviderFieldForm.Path:
                return provider.Text(field.Name) is { } path ? new(Path.GetFullPath(path, folder)) : null;
            case ProviderFieldForm.Address:
                var url = provider.Setting(field.Name);
                if (url is { HasReferences: false }
                    && !(Uri.TryCreate(url.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
                    provider.Problem(field.Name, $"'{url.Text}' is no address; write one such as http://127.0.0.1:11434/v1");
                return url;
            case ProviderFieldForm.Secret:
                var key = provider.Setting(field.Name);
                if (key is { IsOnlyReferences: false })
                    provider.Problem(field.Name, "a key does not belong into a file under Git; write ${env:NAME} or ${secret:NAME}");
                return key;
            default:
                return provider.Setting(field.Name);
        }
    }

    private static Setting? Take(ImmutableDictionary<string, Setting>.Builder options, ProviderField field)
        => options.Remove(field.Name, out var setting) ? setting : null;

    private static ImmutableDictionary<string, Setting> ReadMap(Fields provider, IProviderKind kind, ProviderField field)
    {
        if (kind.Fields.All(f => f.Name != field.Name))
            return ImmutableDictionary<string, Setting>.Empty;
        var settings = provider.Settings(field.Name);
        foreach (var (name, _) in settings.Where(s => IsSecret(s.Key) && !s.Value.HasReferences))
            provider.Problem(field.Name,
                $"the value of '{name}' looks like a key and does not belong into a file under Git; write ${{env:NAME}} or ${{secret:NAME}}");
        return settings;
    }

    internal static bool IsSecret(string name)
        => name.EndsWith("key", StringComparison.OrdinalIgnoreCase) || name.Contains("token", StringComparison.OrdinalIgnoreCase)
            || name.Contains("secret", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase);
}
