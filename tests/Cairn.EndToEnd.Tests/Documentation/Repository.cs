namespace Cairn.EndToEnd.Tests;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>
    /// The repository's own workspace (its <c>cairn.yaml</c>, apps, samples, docs and the pages at its root) in a temporary folder,
    /// without state.
    /// </summary>
    public static TemporaryCopy CopyOfWorkspace()
    {
        var copy = Directory.CreateTempSubdirectory("cairn-e2e-");
        File.Copy(Path.Combine(Root, "cairn.yaml"), Path.Combine(copy.FullName, "cairn.yaml"));
        foreach (var page in Directory.EnumerateFiles(Root, "*.md"))
            File.Copy(page, Path.Combine(copy.FullName, Path.GetFileName(page)));
        foreach (var folder in (string[])["apps", "samples/harbour", "samples/recipes", "docs"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy.FullName, Path.GetRelativePath(Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
        return new TemporaryCopy(copy);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cairn.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not run inside a checkout of Cairn.");
    }

    internal sealed class TemporaryCopy(DirectoryInfo folder) : IDisposable
    {
        public string FullName { get; } = folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
