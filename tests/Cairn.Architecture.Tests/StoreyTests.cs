using System.Xml.Linq;

namespace Cairn.Architecture.Tests;

/// <summary>The order of the storeys (ARCHITECTURE.md): a project references only earlier ones, modules never each other.</summary>
public sealed class StoreyTests
{
    private static readonly string[][] Storeys =
    [
        ["Abstractions"],
        ["Storage"],
        ["Work", "Identity", "Sandbox"],
        ["Models", "Knowledge", "Guardrails", "Agents", "Evaluation", "Training"],
        ["Apps"],
        ["Roadmap"],
        ["Server"],
        ["Cli"],
    ];

    public static TheoryData<string> Projects() => [.. Repository.SourceProjects().Select(p => Path.GetFileNameWithoutExtension(p))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_earlier_storeys(string project)
    {
        var name = project["Cairn.".Length..];
        var references = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))["Cairn.".Length..])
            .ToList();
        if (name == "Learning")
        {
            Assert.Empty(references);
            return;
        }
        var own = StoreyOf(name);
        Assert.All(references.Where(r => r != "Learning"),
            r => Assert.True(StoreyOf(r) < own, $"{project} references Cairn.{r}, which is not below it"));
    }

    [Fact]
    public void A_project_that_puts_blobs_says_which_it_refers_to()
    {
        var projects = Repository.SourceFiles()
            .GroupBy(f => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), f).Split(Path.DirectorySeparatorChar)[0]);
        var texts = projects.ToDictionary(p => p.Key, p => p.Select(File.ReadAllText).ToList());
        var silent = texts.Where(p => p.Key != "Cairn.Storage"
            && p.Value.Exists(t => t.Contains("blobs.PutAsync(", StringComparison.Ordinal)))
            .Where(p => !p.Value.Exists(t => t.Contains(": IBlobReferences", StringComparison.Ordinal)));
        // Upkeep would delete what they put: nothing else would know that it is used.
        Assert.Empty(silent.Select(p => p.Key));
    }

    private static int StoreyOf(string name)
    {
        var storey = Array.FindIndex(Storeys, s => s.Contains(name));
        Assert.True(storey >= 0, $"Cairn.{name} has no storey: see ARCHITECTURE.md");
        return storey;
    }
}
