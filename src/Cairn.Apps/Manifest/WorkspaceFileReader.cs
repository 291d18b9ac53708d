using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cairn.Knowledge;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads <c>cairn.yaml</c> (design: workspace).</summary>
internal sealed partial class WorkspaceFileReader(string folder, IReadOnlyList<IProviderKind> kinds)
{
    private readonly Problems _problems = new(WorkspaceFile.FileName);

    public WorkspaceFile Read(string text)
    {
        var tree = YamlTree.Parse(text, _problems);
        _problems.ThrowIfAny();
        var file = new Fields(tree ?? new YamlScalar(1, 1, "", Quoted: false), WorkspaceShapes.File, "", _problems);
        file.Require("version");
        file.Whole("version", 1, 1);
        var models = new ModelsReader(folder, kinds, _problems).Read(file.Group("models", WorkspaceShapes.Models));
        var workspace = new WorkspaceFile
        {
            Storage = ReadStorage(file),
            Models = models,
            Budgets = BudgetsReader.Read(file.Group("budgets", WorkspaceShapes.Budgets)),
            Limits = LimitsReader.Read(file.Group("limits", WorkspaceShapes.CallLimits), models),
            Telemetry = TelemetryReader.Read(file.Group("telemetry", WorkspaceShapes.Telemetry)),
            Keep = ReadKeep(file.Group("keep", WorkspaceShapes.Keep)),
            Sources = [.. file.Entries("sources").Select(ReadSource).OfType<SourceDeclaration>()],
        };
        _problems.ThrowIfAny();
        return workspace with { Startup = StartupSections.Read(tree) };
    }

    private static Setting ReadStorage(Fields file)
    {
        var storage = file.Setting("storage") ?? new Setting("sqlite");
        if (storage.Text == "sqlite" || storage.IsOnlyReferences)
            return storage;
        if (storage.Text.Contains('=', StringComparison.Ordinal) || storage.Text.Contains("://", StringComparison.Ordinal))
            file.Problem("storage", "a connection string does not belong into a file under Git; write ${env:NAME} or ${secret:NAME}");
        else
            file.Problem("storage", $"'{storage.Text}' is no storage; write sqlite, ${{env:NAME}} or ${{secret:NAME}}",
                Nearest.To(storage.Text, ["sqlite"]));
        return storage;
    }

    private static KeepDeclaration ReadKeep(Fields? keep) => new()
    {
        Traces = keep?.Duration("traces") ?? KeepDeclaration.Usual.Traces,
        Calls = keep?.Duration("calls") ?? KeepDeclaration.Usual.Calls,
        Jobs = keep?.Duration("jobs") ?? KeepDeclaration.Usual.Jobs,
    };

    private SourceDeclaration? ReadSource(YamlEntry entry)
    {
        var name = entry.Key.Value;
        if (!Name().IsMatch(name))
            _problems.Add(entry.Key, $"'{name}' is no name of a source; use small letters, digits and dashes");
        var source = new Fields(entry.Value, WorkspaceShapes.Source, $"sources.{name}", _problems);
        source.Require("path");
        source.Word("kind", "folder");
        var path = source.Text("path");
        var declaration = new SourceDeclaration
        {
            Name = name,
            Root = path is null ? null : Path.GetFullPath(path, folder).TrimEnd('/', '\\'),
            Include = Globs(source, "include"),
            Exclude = Globs(source, "exclude"),
            Watch = source.Truth("watch") ?? false,
            Access = [.. source.Groups("access", WorkspaceShapes.Rule).Select(ReadRule).OfType<SourceRule>()],
            Declared = true,
        };
        return path is null ? null : declaration;
    }

    private SourceRule? ReadRule(Fields rule)
    {
        rule.Require("match", "allow");
        var match = rule.Text("match");
        if (match is not null && GlobProblem(match) is { } wrong)
            rule.Problem("match", wrong);
        var access = new AccessList { Allow = Subjects.Read(rule, "allow", _problems), Deny = Subjects.Read(rule, "deny", _problems) };
        return match is null ? null : new SourceRule(match, access);
    }

    private ImmutableArray<string> Globs(Fields source, string name)
    {
        var globs = source.Words(name);
        foreach (var glob in globs)
        {
            if (GlobProblem(glob.Value) is { } wrong)
                _problems.Add(glob, wrong);
        }
        return [.. globs.Select(g => g.Value)];
    }

    private static string? GlobProblem(string glob)
        => glob.Length == 0 ? "an empty pattern matches nothing"
            : glob.StartsWith('/') || glob.Contains('\\', StringComparison.Ordinal)
                ? $"'{glob}' should be relative to the source's path, with forward slashes"
            : glob.Split('/').Contains("..") ? $"'{glob}' leads outside the source's path"
            : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.CultureInvariant)]
    internal static partial Regex Name();
}
