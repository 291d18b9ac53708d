using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Tests;

/// <summary>The README is true: its commands run, in order, in a copy of the repository's own workspace.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Every_command_of_the_tour_runs()
    {
        var commands = Shell().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")))
            .SelectMany(m => m.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        Assert.InRange(commands.Count, 8, 40);
        using var copy = Repository.CopyOfWorkspace();
        var outputs = new Dictionary<string, string>();
        foreach (var command in commands)
        {
            Assert.StartsWith("./cairn ", command, StringComparison.Ordinal);
            var result = await CairnCommandLine.RunAsync(copy.FullName, Words(command["./cairn ".Length..]));
            Assert.True(result.ExitCode == 0 || command.EndsWith("doctor", StringComparison.Ordinal),
                $"{command} ended with {result.ExitCode}: {result.Error}{result.Output}");
            outputs[command] = result.Output;
        }
        Assert.Contains("Sallow Pride", outputs[commands.First(c => c.Contains("tug", StringComparison.Ordinal))],
            StringComparison.Ordinal);
        Assert.StartsWith("The documents that you may see do not answer this.",
            outputs[commands.First(c => c.EndsWith("--as ann", StringComparison.Ordinal))], StringComparison.Ordinal);
        Assert.DoesNotContain("56,900", outputs[commands.First(c => c.EndsWith("--as ann", StringComparison.Ordinal))],
            StringComparison.Ordinal);
        Assert.Contains("56,900", outputs[commands.First(c => c.EndsWith("--as priya", StringComparison.Ordinal))],
            StringComparison.Ordinal);
        Assert.Contains("failing test first", outputs[commands.First(c => c.Contains("a bug", StringComparison.Ordinal))],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How far ahead must a ship over 150 m book a berth?")]
    [InlineData("When does the lock open?")]
    [InlineData("Which ship came to Bremen in February 2026?")]
    public async Task Cairn_s_own_pages_answer_no_question_about_the_sample_company(string question)
    {
        using var copy = Repository.CopyOfWorkspace();
        var result = await CairnCommandLine.RunAsync(copy.FullName, "ask", question, "--json");
        Assert.DoesNotContain(CommandJson.Parse(result.Output).GetProperty("citations").EnumerateArray(),
            c => c.GetProperty("source").GetString() == "docs");
    }

    [Fact]
    public void The_tour_ingests_nothing_that_a_declared_source_reads()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var declared = DeclaredPath().Matches(File.ReadAllText(Path.Combine(Repository.Root, "cairn.yaml")))
            .Select(m => Path.GetFullPath(Path.Combine(Repository.Root, m.Groups[1].Value)) + "/").ToList();
        var ingested = Shell().Matches(readme).SelectMany(m => m.Groups[1].Value.Split('\n'))
            .Where(c => c.StartsWith("./cairn ingest ", StringComparison.Ordinal))
            .SelectMany(c => Words(c).Skip(2).TakeWhile(w => !w.StartsWith('-')))
            .Select(p => Path.GetFullPath(Path.Combine(Repository.Root, p)) + "/").ToList();
        Assert.NotEmpty(declared);
        Assert.NotEmpty(ingested);
        Assert.DoesNotContain(ingested, i => declared.Any(d => i.StartsWith(d, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_file_that_the_documents_link_to_exists()
    {
        var documents = Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories));
        var broken = from document in documents
                     from Match link in Link().Matches(File.ReadAllText(document))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                     where !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target))
                     select $"{Path.GetRelativePath(Repository.Root, document)}: {target}";
        Assert.Empty(broken);
    }

    private static string[] Words(string line) => [.. Word().Matches(line).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex(@"""([^""]*)""|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^    path: (\S+)", RegexOptions.Multiline)]
    private static partial Regex DeclaredPath();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
