using System.Text.RegularExpressions;
using Cairn.Models;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

/// <summary>The files in docs/scripted-model.md are read as they stand there.</summary>
public sealed class ScriptedModelPageTests
{
    [Fact]
    public void The_page_s_files_make_a_workspace_with_a_scripted_model()
    {
        var blocks = Regex.Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs/scripted-model.md")), "```yaml\n(.*?)```",
            RegexOptions.Singleline).Select(m => m.Groups[1].Value).ToList();
        using var folder = new TemporaryFolder();
        folder.Write("cairn.yaml", blocks[0]);
        folder.Write("demo-script.yaml", blocks[1]);
        var provider = Assert.Single(WorkspaceFile.Load(folder.Path).Models.Providers);
        Assert.Equal(7, provider.Script!.Turns.Length);
        Assert.Equal(new ScriptFailure { Kind = ScriptFailureKind.Close, After = 14 }, provider.Script.Turns[3].Failure);
        Assert.Equal(TimeSpan.FromMilliseconds(20), provider.Script.Turns[1].PieceDelay);
        var tools = ScriptFile.Parse(blocks[2], "tools-script.yaml");
        Assert.Equal((16, 4), (tools.Dimensions, tools.Turns.Length));
        Assert.Equal(new ScriptCall("find-cloud", "{\"wings\": 2}"), Assert.Single(tools.Turns[0].Calls));
        Assert.Equal(new CallUsage(120, 64, 0, 30, 12), tools.Turns[0].Usage);
    }
}
