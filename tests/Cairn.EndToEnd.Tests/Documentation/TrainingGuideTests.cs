using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Tests;

/// <summary>docs/training.md is true: its recipe trains and its commands run, in order, in a copy of the repository.</summary>
public sealed partial class TrainingGuideTests
{
    // Over a second: each command is a process of its own.
    [Fact]
    public async Task Every_command_runs()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "training.md"));
        string[] commands = [.. Blocks(guide, "sh").SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(9, commands.Length);
        using var copy = Repository.CopyOfWorkspace();
        var outputs = new List<string>();
        foreach (var command in commands)
        {
            Assert.StartsWith("./cairn ", command, StringComparison.Ordinal);
            string[] words = [.. Word().Matches(command["./cairn ".Length..])
                .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];
            var result = await CairnCommandLine.RunAsync(copy.FullName, words);
            Assert.True(result.ExitCode == 0, $"{command} ended with {result.ExitCode}: {result.Error}{result.Output}");
            outputs.Add(result.Output);
        }
        Assert.StartsWith(
            "ship-delay would learn from 240 rows of 4 columns, 2 classes, in 1 fit.", outputs[0], StringComparison.Ordinal);
        Assert.Contains("metric     accuracy", outputs[1], StringComparison.Ordinal);
        Assert.Contains("version 1    live", outputs[3], StringComparison.Ordinal);
        Assert.Matches("^(yes|no)\t", outputs[4]);
        Assert.Equal(240, outputs[5].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("2 calls, 241 rows, 0 refused", outputs[6], StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(outputs[7], "^  searched   ", RegexOptions.Multiline));
        Assert.Matches("  worth      wind: accuracy worse by 0\\.[0-9]+ ± ", outputs[7]);
        Assert.Equal(2, outputs[8].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Its_recipes_are_those_of_the_samples()
        => Assert.Equal(
            ["ships.yaml", "searched.yaml"],
            Blocks(File.ReadAllText(Path.Combine(Repository.Root, "docs", "training.md")), "yaml")
                .Select(block => Samples().Single(f => File.ReadAllText(f).ReplaceLineEndings("\n") == block)).Select(Path.GetFileName));

    private static string[] Samples() => Directory.GetFiles(Path.Combine(Repository.Root, "samples", "recipes"), "*.yaml");

    private static IEnumerable<string> Blocks(string guide, string language)
        => Regex.Matches(guide, $"^```{language}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"'([^']*)'|\S+")]
    private static partial Regex Word();
}
