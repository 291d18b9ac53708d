namespace Cairn.Bench;

/// <summary>The checkout that the benchmark was built in.</summary>
internal static class BenchRepository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cairn.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new BenchException("The benchmark does not run inside a checkout of Cairn.");
    }
}
