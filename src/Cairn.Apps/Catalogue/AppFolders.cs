using System.Collections.Concurrent;

namespace Cairn.Apps;

/// <summary>
/// Reads <c>apps/NAME/</c>. The assistant is also built in: a workspace without its folder has it all the same, and
/// <see cref="WriteAssistant"/> makes it a folder to edit.
/// </summary>
public sealed class AppFolders : IApps
{
    /// <summary>What an answer flow gives to its prompt.</summary>
    internal static readonly string[] AnswerVariables = ["question", "passages", "today"];

    private const string Assistant = "assistant";
    private const string BuiltIn = "Cairn.Apps.BuiltIn/";

    private readonly string _folder;
    private readonly ConcurrentDictionary<string, (string Stamp, App App)> _read = new(StringComparer.Ordinal);

    /// <param name="workspace">Absolute path of the workspace.</param>
    public AppFolders(string workspace) => _folder = Path.Combine(workspace, "apps");

    public IReadOnlyList<AppSummary> List(Principal caller)
        =>
        [
            .. Names().Select(TryGet).OfType<App>().Where(a => a.Manifest.MayBeUsedBy(caller))
                .Select(a => new AppSummary(a.Manifest.Name, a.Manifest.Title, a.Manifest.Description)),
        ];

    public IReadOnlyList<Problem> Problems()
    {
        var problems = new List<Problem>();
        foreach (var name in Names())
        {
            try
            {
                Read(name);
            }
            catch (ManifestException e)
            {
                problems.AddRange(e.Problems);
            }
            catch (CairnException e)
            {
                problems.Add(new Problem($"apps/{name}/{AppManifest.FileName}", 1, 1, e.Message));
            }
        }
        return problems;
    }

    /// <exception cref="CairnException">No such app, or none this caller may use (<c>app.unknown</c>); its files have mistakes.</exception>
    internal App Get(Principal caller, string name)
    {
        if (Names().Contains(name) && Read(name) is { } app && app.Manifest.MayBeUsedBy(caller))
            return app;
        var mine = List(caller).Select(a => a.Name).ToList();
        var near = Nearest.To(name, mine);
        throw new CairnException(ErrorKind.NotFound, "app.unknown", $"There is no app '{name}' that you may use.",
            near is not null
                ? $"Did you mean '{near}'?"
                : mine.Count == 0 ? "Ask the owner for an app." : $"Name one of: {string.Join(", ", mine)}.");
    }

    /// <summary>Writes the built-in assistant as a folder to edit; files that exist are left alone.</summary>
    public static void WriteAssistant(string workspace)
    {
        foreach (var (path, text) in BuiltInFiles())
        {
            var file = Path.Combine(workspace, "apps", Assistant, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!File.Exists(file))
                File.WriteAllText(file, text);
        }
    }

    private IEnumerable<string> Names()
    {
        var folders = Directory.Exists(_folder)
            ? Directory.EnumerateDirectories(_folder).Where(d => File.Exists(Path.Combine(d, AppManifest.FileName)))
                .Select(d => Path.GetFileName(d))
            : [];
        return folders.Append(Assistant).Distinct().Order(StringComparer.Ordinal);
    }

    private App? TryGet(string name)
    {
        try
        {
            return Read(name);
        }
        catch (CairnException)
        {
            // A list shows what can be used; Problems() tells about the rest.
            return null;
        }
    }

    private App Read(string name)
    {
        var manifestFile = Path.Combine(_folder, name, AppManifest.FileName);
        if (!File.Exists(manifestFile))
            return Compose(name, BuiltInFiles().ToDictionary(f => f.Path, f => f.Text).GetValueOrDefault);
        var stamp = Stamp(manifestFile);
        if (_read.TryGetValue(name, out var known) && known.Stamp == stamp + Stamp(Path.Combine(_folder, name, known.App.Manifest.Prompt)))
            return known.App;
        var app = Compose(name, path => WorkspaceText.Read(Path.Combine(_folder, name, path), $"apps/{name}/{path}"));
        _read[name] = (stamp + Stamp(Path.Combine(_folder, name, app.Manifest.Prompt)), app);
        return app;
    }

    private static App Compose(string name, Func<string, string?> read)
    {
        var file = $"apps/{name}/{AppManifest.FileName}";
        var manifest = AppManifest.Parse(read(AppManifest.FileName)!, file);
        if (manifest.Name != name)
            throw new ManifestException([new Problem(file, 1, 1, $"'name' is '{manifest.Name}', and the folder is '{name}'", name)]);
        var promptFile = $"apps/{name}/{manifest.Prompt}";
        var prompt = Prompt.Parse(read(manifest.Prompt)!, promptFile);
        var unknown = prompt.Variables.Except(AnswerVariables).ToList();
        if (unknown.Count > 0)
        {
            throw new ManifestException(unknown.Select(v => new Problem(promptFile, 1, 1,
                $"'input.schema.{v}' is nothing that the flow 'answer' gives ({string.Join(", ", AnswerVariables)})",
                Nearest.To(v, AnswerVariables))));
        }
        return new App(manifest, prompt);
    }

    private static string Stamp(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? $"{info.LastWriteTimeUtc.Ticks}.{info.Length};" : ";";
    }

    private static IEnumerable<(string Path, string Text)> BuiltInFiles()
    {
        var assembly = typeof(AppFolders).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(BuiltIn, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[BuiltIn.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }
}
