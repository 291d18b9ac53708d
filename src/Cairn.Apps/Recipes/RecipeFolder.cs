using System.Text.RegularExpressions;
using Cairn.Training;

namespace Cairn.Apps;

/// <param name="workspace">Absolute.</param>
internal sealed partial class RecipeFolder(string workspace) : IRecipes
{
    private const int Deepest = 6;
    private const int MostFiles = 2000;
    private const long MostBytes = 1 << 20;
    private const int MostNamed = 12;
    private const string FolderOfRecipes = "recipes";

    // What a build or a package manager makes; it may hold thousands of YAML files and no recipe of the workspace's.
    private static readonly string[] Passed = ["artifacts", "bin", "node_modules", "obj"];

    // Links are not followed: what a caller may name lies in the workspace.
    private static readonly EnumerationOptions Plain = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
    };

    public IReadOnlyList<FoundRecipe> List() => [.. Files().Select(Read)];

    public Recipe Load(string path)
    {
        if (Path.IsPathFullyQualified(path))
            return File.Exists(path) ? RecipeFile.Load(path) : throw Missing(path);
        var file = Files().FirstOrDefault(f => NameOf(f) == path) ?? throw Missing(path);
        return RecipeFile.Load(file, path);
    }

    private CairnException Missing(string path)
    {
        var names = Files().Select(NameOf).ToList();
        var what = Directory.Exists(path) ? $"{path} is a folder; a recipe is a file." : $"There is no recipe {path}.";
        if (names.Count == 0)
            return new(
                ErrorKind.NotFound, "recipe.missing", what,
                "This workspace has no recipe yet; docs/training.md shows one to begin with. Then: cairn train RECIPE.yaml");
        var near = Nearest.To(Path.GetFileName(path), [.. names.Select(Path.GetFileName).OfType<string>()]);
        var meant = near is null ? names[0] : names.First(n => Path.GetFileName(n) == near);
        var named = string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
        return new(ErrorKind.NotFound, "recipe.missing", what,
            $"The workspace {workspace} has {named}. Name one by its path, such as: cairn train {Path.Combine(workspace, meant)}");
    }

    private FoundRecipe Read(string file)
    {
        var name = NameOf(file);
        try
        {
            return new(name, RecipeFile.Load(file, name), []);
        }
        catch (ManifestException error)
        {
            return new(name, null, error.Problems);
        }
        catch (CairnException error)
        {
            return new(name, null, [new(name, 1, 1, error.Message)]);
        }
    }

    private IEnumerable<string> Files()
        => Within(new DirectoryInfo(workspace), 0).Take(MostFiles).Where(IsRecipe).Select(f => f.FullName).Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Within(DirectoryInfo folder, int depth)
    {
        foreach (var file in folder.EnumerateFiles("*", Plain).Where(f => f.Extension is ".yaml" or ".yml"))
            yield return file;
        if (depth == Deepest)
            yield break;
        foreach (var inner in folder.EnumerateDirectories("*", Plain).Where(d => !Passed.Contains(d.Name)))
        {
            foreach (var file in Within(inner, depth + 1))
                yield return file;
        }
    }

    /// <summary>By its place, its name or its words, so that one that is no YAML is found too, to be shown with what is wrong.</summary>
    private static bool IsRecipe(FileInfo file)
    {
        try
        {
            if (file.Length > MostBytes)
                return false;
            if (file.Directory?.Name == FolderOfRecipes || file.Name.Contains("recipe", StringComparison.OrdinalIgnoreCase))
                return true;
            var text = File.ReadAllText(file.FullName);
            return EstimatorForm().IsMatch(text) || (TargetForm().IsMatch(text) && DataForm().IsMatch(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or not ours to read.
            return false;
        }
    }

    private string NameOf(string file) => Path.GetRelativePath(workspace, file).Replace(Path.DirectorySeparatorChar, '/');

    // A field of the file itself: at the beginning of a line, or in braces.
    [GeneratedRegex("""(?:^|[{,]\s*)["']?estimator["']?\s*:""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex EstimatorForm();

    [GeneratedRegex("""(?:^|[{,]\s*)["']?target["']?\s*:""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex TargetForm();

    [GeneratedRegex("""(?:^|[{,]\s*)["']?data["']?\s*:""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex DataForm();
}
