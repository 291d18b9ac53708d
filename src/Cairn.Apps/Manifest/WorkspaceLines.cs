using Cairn.Models;

namespace Cairn.Apps;

/// <summary>
/// The lines that a person pastes into <c>cairn.yaml</c>: indented as the file is, each group below a comment that says where it goes. A
/// file without <c>models:</c> gets the whole section, which goes anywhere at its margin.
/// </summary>
public static class WorkspaceLines
{
    /// <summary>What makes a stored key used; null when nothing is left to write.</summary>
    /// <param name="folder">Of the workspace, whose file is read as it is now.</param>
    public static string? For(string folder, KeyPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Undeclared is { } provider ? For(folder, provider) : place.Keyless is { } name ? KeyFor(Text(folder), name) : null;
    }

    /// <summary>What declares the provider, and makes it the default where there is none.</summary>
    public static string For(string folder, ProviderSnippet provider) => For(provider, Text(folder));

    internal static string For(ProviderSnippet snippet, string text)
    {
        if (Models(text) is not { } models)
            return snippet.Yaml;
        var providers = Find(models, "providers");
        var routes = Find(models, "routes");
        var lines = Below(models, providers, "providers", $"{snippet.Provider}: {snippet.Fields}");
        return routes is not null && Find(routes, "default") is not null
            ? lines
            : $"{lines}\n{Below(models, routes, "routes", $"default: [ {snippet.Provider}/{snippet.Model} ]")}";
    }

    internal static string KeyFor(string text, string provider)
    {
        var line = $"apiKey: ${{secret:{provider}}}";
        return Models(text) is { } models && Find(models, "providers") is { } providers && Find(providers, provider) is { } declared
            ? Inside(declared, line)
            : $"# under \"{provider}:\" in models.providers\n{line}";
    }

    /// <summary>A file that cannot be read, or is no YAML now, says nothing of models.</summary>
    private static string Text(string folder)
    {
        try
        {
            return WorkspaceFile.ReadText(folder);
        }
        catch (CairnException)
        {
            return "";
        }
    }

    private static YamlEntry? Models(string text)
        => YamlTree.Parse(text, new Problems(WorkspaceFile.FileName)) is YamlMapping file
            ? file.Entries.FirstOrDefault(e => e.Key.Value == "models")
            : null;

    private static string Below(YamlEntry models, YamlEntry? group, string name, string line)
        => group is not null ? Inside(group, line)
            : InBraces(models) ? Inside(models, $"{name}: {{ {line} }}")
            : Inside(models, $"{name}:", "  " + line);

    private static string Inside(YamlEntry entry, params string[] lines)
    {
        var place = $"(line {entry.Key.Line} of cairn.yaml)";
        if (InBraces(entry))
            return $"# right after the opening brace of \"{entry.Key.Value}\" {place}\n{lines[0]},";
        var column = entry.Value is YamlMapping { Entries: [var first, ..] } ? first.Key.Column : entry.Key.Column + 2;
        var indent = new string(' ', column - 1);
        return $"# under \"{entry.Key.Value}:\" {place}\n{string.Join('\n', lines.Select(l => indent + l))}";
    }

    private static bool InBraces(YamlEntry entry) => entry.Value is YamlMapping mapping
        && (mapping.Entries.IsEmpty || mapping.Entries[0].Key.Line == entry.Key.Line);

    private static YamlEntry? Find(YamlEntry entry, string name)
        => (entry.Value as YamlMapping)?.Entries.FirstOrDefault(e => e.Key.Value == name);
}
