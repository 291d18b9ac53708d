using Cairn.Testing;

namespace Cairn.Apps.Tests;

public sealed class AppFoldersTests
{
    [Fact]
    public void The_repository_s_own_apps_have_no_mistakes()
        => Assert.Empty(new AppFolders(Checkout.Root).Problems());

    [Fact]
    public void The_assistant_is_there_without_a_folder_and_the_same_as_the_repository_s()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("assistant", Assert.Single(new AppFolders(folder.Path).List(Harbour.Ann)).Name);
        AppFolders.WriteAssistant(folder.Path);
        foreach (var file in new[] { "apps/assistant/app.yaml", "apps/assistant/prompts/answer.prompt.md" })
            Assert.Equal(File.ReadAllText(Path.Combine(Checkout.Root, file)), File.ReadAllText(folder[file]));
    }

    [Fact]
    public void An_app_with_a_mistake_is_not_listed_and_told_by_its_problems()
    {
        using var folder = new TemporaryFolder();
        folder.Write("apps/broken/app.yaml", "version: 1\nname: broken\nflow: { kind: answer, prompt: p.md }\n");
        folder.Write("apps/other/app.yaml", "version: 1\nname: another\nflow: { kind: answer, prompt: p.md }\n");
        var apps = new AppFolders(folder.Path);
        Assert.Equal(["assistant"], apps.List(Harbour.Ann).Select(a => a.Name));
        var problems = apps.Problems().Select(p => p.ToString()).ToList();
        Assert.Contains("apps/broken/app.yaml:1:1: apps/broken/p.md does not exist.", problems);
        Assert.Contains(problems, p => p.Contains("'name' is 'another', and the folder is 'other'", StringComparison.Ordinal));
    }

    [Fact]
    public void An_app_is_listed_only_for_who_may_use_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("apps/legal/app.yaml",
            "version: 1\nname: legal\nflow: { kind: answer, prompt: p.md }\naccess: { use: [group:legal] }\n");
        folder.Write("apps/legal/p.md", "---\ninput: { schema: { question: string } }\n---\n{{question}}");
        var apps = new AppFolders(folder.Path);
        Assert.DoesNotContain(apps.List(Harbour.Ann), a => a.Name == "legal");
        Assert.Contains(apps.List(Harbour.Ann with { Groups = ["legal"] }), a => a.Name == "legal");
    }
}
