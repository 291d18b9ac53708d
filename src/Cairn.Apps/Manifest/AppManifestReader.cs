using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>Reads <c>app.yaml</c> (design: app folder).</summary>
internal sealed class AppManifestReader(string name)
{
    public const int UsualTop = 12;

    private static readonly string[] GuardNames = ["injection", "pii", "secrets", "grounded", "links", "length"];

    private readonly Problems _problems = new(name);

    public AppManifest Read(string text)
    {
        var tree = YamlTree.Parse(text, _problems);
        _problems.ThrowIfAny();
        var app = new Fields(tree ?? new YamlScalar(1, 1, "", Quoted: false), AppShapes.File, "", _problems);
        app.Require("version", "name", "flow");
        app.Whole("version", 1, 1);
        var appName = app.Text("name");
        if (appName is not null && !WorkspaceFileReader.Name().IsMatch(appName))
            app.Problem("name", $"'{appName}' is no name of an app; use small letters, digits and dashes");
        var (prompt, unsupported) = ReadFlow(app);
        var manifest = new AppManifest
        {
            Name = appName ?? "",
            Title = app.Text("title") ?? appName ?? "",
            Description = app.Text("description") ?? "",
            Prompt = prompt,
            Unsupported = unsupported,
            Model = app.Text("model") ?? "default",
            Knowledge = [.. app.Groups("knowledge", AppShapes.Knowledge).Select(ReadKnowledge)],
            Use = ReadAccess(app),
            Timeout = ReadLimits(app),
        };
        ReadWhatWaits(app);
        _problems.ThrowIfAny();
        return manifest;
    }

    private static (string Prompt, UnsupportedSentences Unsupported) ReadFlow(Fields app)
    {
        if (app.Group("flow", AppShapes.Flow) is not { } flow)
            return ("", default);
        flow.Require("kind", "prompt");
        if (flow.Word("kind", "answer", "extract", "classify", "agent", "steps") is { } kind and not "answer")
            flow.Problem("kind", $"the flow '{kind}' is not available yet; this version serves 'answer'");
        flow.Word("floor", "extractive");
        var prompt = flow.Text("prompt") ?? "";
        if (prompt.StartsWith('/') || prompt.Contains('\\', StringComparison.Ordinal) || prompt.Split('/').Contains(".."))
            flow.Problem("prompt", $"'{prompt}' should lie in the app's folder, with forward slashes");
        return (prompt, flow.Word("unsupported", "mark", "remove") == "remove" ? UnsupportedSentences.Remove : UnsupportedSentences.Mark);
    }

    private static AppKnowledge ReadKnowledge(Fields knowledge)
    {
        knowledge.Require("source");
        return new(knowledge.Text("source") ?? "", knowledge.Whole("top", 1, 50) ?? UsualTop, knowledge.Duration("freshness"));
    }

    private ImmutableArray<string> ReadAccess(Fields app)
    {
        if (app.Group("access", AppShapes.Access) is not { } access)
            return [Subject.Everyone];
        var use = access.Has("use") ? Subjects.Read(access, "use", _problems) : [Subject.Everyone];
        Subjects.Read(access, "ship", _problems);
        Subjects.Read(access, "override", _problems);
        return use;
    }

    private static TimeSpan? ReadLimits(Fields app)
    {
        if (app.Group("limits", AppShapes.Limits) is not { } limits)
            return null;
        foreach (var field in limits.Present("costPerDayUsd", "concurrent"))
            limits.Problem(field, $"'limits.{field}' is not available yet");
        return limits.Wait("timeout");
    }

    /// <summary>
    /// Fields of the format whose meaning this version cannot keep: to ignore a guard or a gate would be worse than to refuse.
    /// </summary>
    private void ReadWhatWaits(Fields app)
    {
        foreach (var field in app.Present("input", "output"))
            app.Problem(field, $"'{field}' is not available yet: an answer app takes a text and gives a text with citations");
        foreach (var field in app.Present("tools", "evals", "gates").Where(f => app.Find(f) is not YamlSequence { Items.IsEmpty: true }))
            app.Problem(field, $"'{field}' is not available yet");
        if (app.Group("guards", AppShapes.Guards) is { } guards)
        {
            foreach (var guard in guards.Words("input").Concat(guards.Words("output")).Where(g => g.Value != "grounded"))
            {
                _problems.Add(guard, GuardNames.Contains(guard.Value)
                    ? $"the guard '{guard.Value}' is not available yet"
                    : $"'{guard.Value}' is no guard",
                    GuardNames.Contains(guard.Value) ? null : Nearest.To(guard.Value, GuardNames));
            }
        }
        if (app.Group("publish", AppShapes.Publish) is { } publish)
        {
            publish.Truth("http");
            foreach (var field in publish.Present("openai", "mcp", "widget").Where(f => publish.Truth(f) == true))
                publish.Problem(field, $"'publish.{field}' is not available yet");
        }
    }
}
