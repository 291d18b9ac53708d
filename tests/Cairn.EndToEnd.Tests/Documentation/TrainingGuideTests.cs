using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Tests;

/// <summary>docs/training.md is true: its recipe trains and its commands run, in order, in a fresh workspace.</summary>
public sealed partial class TrainingGuideTests
{
    // Over a second: each command is a process of its own.
    [Fact]
    public async Task The_recipe_trains_and_every_command_runs()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "training.md"));
        string[] commands = [.. Blocks(guide, "sh").SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(9, commands.Length);
        var folder = Directory.CreateTempSubdirectory("cairn-e2e-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "cairn.yaml"), "version: 1\n");
            foreach (var recipe in Blocks(guide, "yaml"))
                File.WriteAllText(Path.Combine(folder.FullName, Regex.Match(recipe, "^# (.*)").Groups[1].Value), recipe);
            File.WriteAllText(Path.Combine(folder.FullName, "ships.csv"), Ships(240));
            var outputs = new List<string>();
            foreach (var command in commands)
            {
                Assert.StartsWith("./cairn ", command, StringComparison.Ordinal);
                string[] words = [.. Word().Matches(command["./cairn ".Length..])
                    .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];
                var result = await CairnCommandLine.RunAsync(folder.FullName, words);
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
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Ships that are late in strong wind; the numbers of any language (s = 1664525 s + 1013904223 mod 2^32).</summary>
    private static string Ships(int rows)
    {
        var text = new StringBuilder("tonnage,flag,wind,remark,delayed\n");
        var state = 7u;
        for (var row = 0; row < rows; row++)
        {
            var (tonnage, wind) = (500 + (Next() * 9000), Next() * 30);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{tonnage:0.0},{(row % 3 == 0 ? "NO" : "DE")},{wind:0.00},{(wind > 20 ? "storm expected" : "calm sea")},{(wind + (Next() * 10) > 20 ? "yes" : "no")}");
        }
        return text.ToString();

        double Next()
        {
            state = unchecked((state * 1664525) + 1013904223);
            return state / 4294967296.0;
        }
    }

    private static IEnumerable<string> Blocks(string guide, string language)
        => Regex.Matches(guide, $"^```{language}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"'([^']*)'|\S+")]
    private static partial Regex Word();
}
