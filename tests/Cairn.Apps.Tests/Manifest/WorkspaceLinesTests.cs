using Cairn.Models;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

public sealed class WorkspaceLinesTests
{
    private const string Line = "groq: { kind: openai, baseUrl: https://api.groq.com/openai/v1, apiKey: ${secret:groq} }";
    private static readonly ProviderSnippet Groq = new("groq", Line["groq: ".Length..], "llama");

    [Theory]
    [InlineData("version: 1\n", $"models:\n  providers:\n    {Line}\n  routes:\n    default: [ groq/llama ]")]
    [InlineData("version: 1\nmodels:\n    providers:\n      local: { kind: openai, baseUrl: http://x/v1 }\n"
        + "    routes:\n      default: [ local/a ]\n",
        $"# under \"providers:\" (line 3 of cairn.yaml)\n      {Line}")]
    [InlineData("version: 1\nmodels:\n  providers:\n    local: { kind: openai, baseUrl: http://x/v1 }\n",
        $"# under \"providers:\" (line 3 of cairn.yaml)\n    {Line}\n"
        + "# under \"models:\" (line 2 of cairn.yaml)\n  routes:\n    default: [ groq/llama ]")]
    [InlineData("version: 1\nmodels:\n  routes:\n    default: [ local/a ]\n",
        $"# under \"models:\" (line 2 of cairn.yaml)\n  providers:\n    {Line}")]
    [InlineData("version: 1\nmodels: { providers: { local: { kind: openai, baseUrl: http://x/v1 } }, routes: { default: [ local/a ] } }\n",
        $"# right after the opening brace of \"providers\" (line 2 of cairn.yaml)\n{Line},")]
    [InlineData("version: 1\nmodels:\n", $"# under \"models:\" (line 2 of cairn.yaml)\n  providers:\n    {Line}\n"
        + "# under \"models:\" (line 2 of cairn.yaml)\n  routes:\n    default: [ groq/llama ]")]
    [InlineData("not: [ yaml", $"models:\n  providers:\n    {Line}\n  routes:\n    default: [ groq/llama ]")]
    public void What_is_offered_fits_the_file_and_says_where_it_goes(string file, string lines)
        => Assert.Equal(lines, WorkspaceLines.For(Groq, file));

    [Theory]
    [InlineData("version: 1\nmodels:\n  providers:\n    local: { kind: openai, baseUrl: http://x/v1 }\n")]
    [InlineData("version: 1\nmodels:\n  providers:\n    local:\n      kind: openai\n      baseUrl: http://x/v1\n")]
    [InlineData("version: 1\nmodels: { providers: { local: { kind: openai, baseUrl: http://x/v1 } } }\n")]
    public void Pasted_where_it_says_it_declares_the_provider(string file)
    {
        var pasted = Paste(file, WorkspaceLines.For(Groq, file));
        using var folder = new TemporaryFolder();
        Assert.Contains(WorkspaceFile.Parse(pasted, folder.Path).Models.Providers, p => p.Name == "groq");
        var keyed = WorkspaceFile.Parse(Paste(file, WorkspaceLines.KeyFor(file, "local")), folder.Path);
        Assert.Equal("${secret:local}", Assert.Single(keyed.Models.Providers).ApiKey!.Text);
    }

    /// <summary>As a person does: each group at the place that its comment names.</summary>
    private static string Paste(string file, string offered)
    {
        var lines = file.Split('\n').ToList();
        foreach (var group in offered.Split("# ", StringSplitOptions.RemoveEmptyEntries)
            .Select(g => g.TrimEnd('\n').Split('\n', 2))
            .OrderByDescending(g => int.Parse(g[0].Split("(line ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)))
        {
            var at = int.Parse(group[0].Split("(line ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            if (group[0].StartsWith("under", StringComparison.Ordinal))
                lines.Insert(at, group[1]);
            else
            {
                var key = group[0].Split('"')[1] + ": {";
                var brace = lines[at - 1].IndexOf(key, StringComparison.Ordinal) + key.Length;
                lines[at - 1] = lines[at - 1].Insert(brace, " " + group[1]);
            }
        }
        return string.Join('\n', lines);
    }
}
