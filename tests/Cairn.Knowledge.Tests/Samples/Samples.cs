namespace Cairn.Knowledge.Tests;

/// <summary>The sample workspace's folder in the checkout that the tests run in.</summary>
internal static class Samples
{
    public static string Harbour { get; } = Find();

    public static IEnumerable<string> Files()
        => Directory.EnumerateFiles(Harbour, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("questions.jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var harbour = Path.Combine(folder.FullName, "samples", "harbour");
            if (Directory.Exists(harbour))
                return harbour;
        }
        throw new InvalidOperationException("The tests do not run inside a checkout: samples/harbour is not above them.");
    }
}
