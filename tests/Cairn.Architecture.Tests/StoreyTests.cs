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
        Assert.All(references.Where(r => r != "Learning"), r => Assert.True(StoreyOf(r) < own, $"{project} references Cairn.{r}, which is not below it"));
    }

    private static int StoreyOf(string name)
    {
        var storey = Array.FindIndex(Storeys, s => s.Contains(name));
        Assert.True(storey >= 0, $"Cairn.{name} has no storey: see ARCHITECTURE.md");
        return storey;
    }
}
