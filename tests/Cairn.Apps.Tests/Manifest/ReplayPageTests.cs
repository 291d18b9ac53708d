using System.Text.RegularExpressions;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

/// <summary>The files in docs/replay.md are read as they stand there.</summary>
public sealed class ReplayPageTests
{
    [Fact]
    public void The_page_s_files_make_workspaces_that_record_and_replay()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs/replay.md"));
        var providers = Regex.Matches(page, "```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => Provider(m.Groups[1].Value)).ToList();
        Assert.Equal(["true", "gemini"], [providers[0].Options["record"].Text, providers[0].Options["as"].Text]);
        Assert.Equal("strict", providers[1].Options["match"].Text);
        Assert.All(providers, p => Assert.EndsWith("/recordings/gemini.jsonl", p.Options["recording"].Text, StringComparison.Ordinal));
    }

    private static Cairn.Models.ProviderDeclaration Provider(string file)
    {
        using var folder = new TemporaryFolder();
        folder.Write("cairn.yaml", file);
        return Assert.Single(WorkspaceFile.Load(folder.Path).Models.Providers);
    }
}
