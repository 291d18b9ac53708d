using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class SupersedingTests
{
    [Theory, Engines]
    public async Task A_newer_document_names_the_older_by_path_file_name_or_title(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("prices/2024.md", "# Prices 2024\n");
        folder.Write("prices/2025.md", "---\nsupersedes: 2024.md\n---\n# Prices 2025\n");
        folder.Write("old/rules.txt", "rules");
        folder.Write("rules.md", "---\nsupersedes: old/rules.txt\n---\nbetter rules");
        folder.Write("plan-a.md", "# The Plan\n");
        folder.Write("plan-b.md", "---\nsupersedes: the plan\n---\nbetter plan");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        Assert.Equal(["old/rules.txt", "plan-a.md", "prices/2024.md"], await SupersededAsync(folder));
        Assert.Equal((await folder.DocumentAsync("prices/2025.md")).Id, (await folder.DocumentAsync("prices/2024.md")).SupersededBy);
        File.Delete(folder.At("rules.md"));
        await folder.IngestAsync("docs");
        Assert.Equal(["plan-a.md", "prices/2024.md"], await SupersededAsync(folder));
    }

    [Theory, Engines]
    public async Task A_document_that_a_reader_may_not_see_supersedes_nothing_for_them(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("open/price.md", "# Price\n");
        folder.Write("hr/price2.md", "---\nsupersedes: price.md\n---\nsecret price");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("hr/**", "group:hr"), IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        Assert.Empty(await SupersededAsync(folder));
    }

    [Theory]
    [InlineData("everyone", "group:a", true)]
    [InlineData("public", "everyone", true)]
    [InlineData("everyone", "public", false)]
    [InlineData("group:a", "everyone", false)]
    [InlineData("group:a,group:b", "group:a", true)]
    [InlineData("everyone!user:x", "group:a", false)]
    [InlineData("everyone!user:x", "group:a!user:x", true)]
    [InlineData("everyone|group:b", "everyone", false)]
    [InlineData("everyone", "everyone|group:b", true)]
    [InlineData("group:a", "", true)]
    public void One_access_set_covers_another_only_when_that_is_sure(string newer, string older, bool covers)
        => Assert.Equal(covers, Superseding.Covers(AccessSet.Parse(newer), AccessSet.Parse(older)));

    private static async Task<string[]> SupersededAsync(IngestedFolder folder)
        => [.. (await folder.ListAsync()).Where(d => d.SupersededBy is not null).Select(d => d.Path).Order(StringComparer.Ordinal)];
}
