using Cairn.Models;

namespace Cairn.Apps;

/// <summary>
/// Adds a provider to <c>cairn.yaml</c> as a person would: a line where it belongs, every other byte as it was. What it wrote is read
/// before it counts.
/// </summary>
public static class WorkspaceEdit
{
    /// <exception cref="CairnException">The file declares it already, is not written in a way that a line can be added to, or cannot be
    /// written.</exception>
    public static void AddProvider(string folder, ProviderSnippet snippet, IReadOnlyList<IProviderKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(snippet);
        var path = Path.Combine(folder, WorkspaceFile.FileName);
        var text = AddProvider(WorkspaceFile.ReadText(folder), snippet);
        WorkspaceFile.Parse(text, folder, kinds);
        try
        {
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            File.WriteAllText(file + ".new", text);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file + ".new", File.GetUnixFileMode(file));
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CairnException(ErrorKind.Input, "workspace.edit", $"cairn.yaml cannot be written: {e.Message}",
                "Add the lines by hand.", e);
        }
    }

    internal static string AddProvider(string text, ProviderSnippet snippet)
    {
        var problems = new Problems(WorkspaceFile.FileName);
        var root = YamlTree.Parse(text, problems);
        problems.ThrowIfAny();
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (root is not YamlMapping file || Find(file, "models") is not { } models)
            return $"{text.TrimEnd()}{end}{end}{snippet.Yaml.ReplaceLineEndings(end)}{end}";
        var section = Block(models);
        var providers = section is null ? null : Find(section, "providers");
        if (providers is not null && Find(Block(providers), snippet.Provider) is not null)
            throw new CairnException(
                ErrorKind.Input, "workspace.edit", $"cairn.yaml declares the provider '{snippet.Provider}' already.", "Edit that line.");
        var inner = Indent(section, 2);
        var added = new List<(int After, string Text)>();
        Add(added, models, providers, inner, "providers", $"{snippet.Provider}: {snippet.Fields}");
        var routes = section is null ? null : Find(section, "routes");
        // A default that is there stays: whom it asks first is not ours to change.
        if (routes is null || Find(Block(routes), "default") is null)
            Add(added, models, routes, inner, "routes", $"default: [ {snippet.Provider}/{snippet.Model} ]");
        var lines = text.Split('\n').ToList();
        // From below, so that lines above keep their numbers; of two behind the same line the first is put in last.
        foreach (var (after, line) in added.AsEnumerable().Reverse().OrderByDescending(a => a.After))
            lines.Insert(after, line.ReplaceLineEndings(end) + end.TrimEnd('\n'));
        return string.Join('\n', lines);
    }

    private static void Add(
        List<(int After, string Text)> added, YamlEntry models, YamlEntry? group, string inner, string name, string line)
    {
        if (group is null)
            added.Add((models.Key.Line, $"{inner}{name}:\n{inner}  {line}"));
        else
            added.Add((group.Key.Line, Indent(Block(group), inner.Length + 2) + line));
    }

    private static string Indent(YamlMapping? block, int usual)
        => new(' ', block is { Entries: [var first, ..] } ? first.Key.Column - 1 : usual);

    private static YamlEntry? Find(YamlMapping? mapping, string name) => mapping?.Entries.FirstOrDefault(e => e.Key.Value == name);

    /// <summary>What stands below a key, a line each; null where nothing does.</summary>
    /// <exception cref="CairnException">It stands in braces, where no line can be put in.</exception>
    private static YamlMapping? Block(YamlEntry entry) => entry.Value switch
    {
        YamlMapping { Entries: [var first, ..] } mapping when first.Key.Line > entry.Key.Line
            && mapping.Entries.All(e => e.Key.Column == first.Key.Column) => mapping,
        YamlScalar { IsNull: true } => null,
        _ => throw new CairnException(ErrorKind.Input, "workspace.edit",
            $"'{entry.Key.Value}' in cairn.yaml is not written a line each, so that none can be added.", "Add the provider by hand."),
    };
}
