using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class IngestAccessTests
{
    private static Principal Member(params string[] groups) => IngestedFolder.Member with { Groups = [.. groups] };

    [Theory, Engines]
    public async Task The_first_rule_that_matches_decides_and_no_rule_means_the_owner(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("hr/pay.txt", "pay");
        folder.Write("hr/hello.md", "hello");
        folder.Write("legal/law.txt", "law");
        folder.Write("notes.txt", "notes");
        await folder.DeclareAsync(
            "docs",
            IngestedFolder.Rule("hr/*.md", "everyone"),
            new SourceRule("hr/**", new AccessList { Allow = ["group:hr"], Deny = ["user:mia"] }),
            IngestedFolder.Rule("legal/**", "group:legal"));
        await folder.IngestAsync("docs");
        Assert.Equal(["hr/hello.md"], await folder.PathsAsync(Member()));
        Assert.Equal(["hr/hello.md", "legal/law.txt"], await folder.PathsAsync(Member("legal", "hr")));
        Assert.Equal(["hr/hello.md", "hr/pay.txt"], await folder.PathsAsync(Member("hr") with { User = "tom" }));
        Assert.Equal(4, (await folder.PathsAsync()).Length);
        Assert.Empty(await folder.PathsAsync(Principal.Visitor()));
    }

    [Theory, Engines]
    public async Task A_changed_rule_holds_at_once_without_parsing_anything(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("hr/pay.txt", "pay");
        folder.Write("hr/plan.md", "---\naccess: group:board\n---\nplan");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        Assert.Equal(["hr/pay.txt"], await folder.PathsAsync(Member()));
        var head = await folder.Feed.HeadAsync(CancellationToken.None);
        await folder.DeclareAsync("docs", IngestedFolder.Rule("hr/**", "group:hr"), IngestedFolder.Rule("**", "everyone"));
        Assert.Empty(await folder.PathsAsync(Member()));
        Assert.Empty(await folder.PathsAsync(Member("board")));
        Assert.Equal(["hr/pay.txt", "hr/plan.md"], await folder.PathsAsync(Member("board", "hr")));
        Assert.Equal(2, folder.Parser.Parsed.Count);
        Assert.Equal(2, (await folder.Feed.ReadAsync(IPassageStore.Topic, head, 10, CancellationToken.None)).Count);
        await folder.DeclareAsync("docs", IngestedFolder.Rule("hr/**", "group:hr"), IngestedFolder.Rule("**", "everyone"));
        Assert.Equal(head + 2, await folder.Feed.HeadAsync(CancellationToken.None));
    }

    [Theory, Engines]
    public async Task Front_matter_narrows_and_never_widens(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("wide.md", "---\naccess: public\n---\nwide");
        folder.Write("narrow.md", "---\naccess: user:ann\n---\nnarrow");
        folder.Write("odd.md", "---\naccess: grp:x\n---\nodd");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "group:legal"));
        var report = await folder.IngestAsync("docs");
        Assert.Contains("grp:x", Assert.Single(report.Failures).Reason, StringComparison.Ordinal);
        Assert.Empty(await folder.PathsAsync(Member()));
        Assert.Equal(["wide.md"], await folder.PathsAsync(Member("legal")));
        Assert.Empty(await folder.PathsAsync(Member() with { User = "ann" }));
        Assert.Equal(["narrow.md", "wide.md"], await folder.PathsAsync(Member("legal") with { User = "ann" }));
    }

    [Theory, Engines]
    public async Task An_allow_list_holds_for_the_path_and_a_wider_one_never_opens_a_narrower(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("hr/pay.txt", "pay");
        folder.Write("open.txt", "open");
        await folder.IngestAsync("mine", [folder.Folder]);
        Assert.Empty(await folder.PathsAsync(Member("hr")));
        await folder.IngestAsync("mine", [folder.At("hr")], "group:hr");
        await folder.IngestAsync("mine", [folder.Folder], "everyone");
        Assert.Equal(["open.txt"], await folder.PathsAsync(Member()));
        Assert.Equal(["hr/pay.txt", "open.txt"], await folder.PathsAsync(Member("hr")));
        folder.Write("hr/new.txt", "new");
        await folder.IngestAsync("mine", [folder.Folder]);
        Assert.Equal(["open.txt"], await folder.PathsAsync(Member()));
    }

    [Theory, Engines]
    public async Task A_rename_takes_the_access_of_its_new_place(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("open/a.txt", "words");
        folder.Write("hr/b.txt", "other");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("hr/**", "group:hr"), IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        Assert.Equal(["open/a.txt"], await folder.PathsAsync(Member()));
        File.Move(folder.At("open/a.txt"), folder.At("hr/a.txt"));
        await folder.IngestAsync("docs");
        Assert.Empty(await folder.PathsAsync(Member()));
    }

    [Theory, Engines]
    public async Task A_source_that_is_no_longer_declared_hides_its_documents_until_it_is_again(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "a");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        await folder.DeclareAsync();
        Assert.Empty(await folder.PathsAsync());
        Assert.Empty(await folder.SearchableAsync());
        Assert.Empty(await folder.Sources.ListAsync(IngestedFolder.Owner, CancellationToken.None));
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        Assert.Equal(["a.txt"], await folder.PathsAsync(Member()));
        Assert.Single(await folder.SearchableAsync());
    }

    [Theory, Engines]
    public async Task Who_may_not_ingest_is_refused(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        var refused = await Assert.ThrowsAsync<CairnException>(
            () => folder.Ingestion.StartAsync(Member(), new IngestRequest { Paths = [folder.Folder] }, CancellationToken.None));
        Assert.Equal(ErrorKind.NotPermitted, refused.Kind);
        var upload = await Assert.ThrowsAsync<CairnException>(
            () => folder.Ingestion.UploadAsync(Member(), "uploads", "a.txt", [], new MemoryStream(), CancellationToken.None));
        Assert.Equal(ErrorKind.NotPermitted, upload.Kind);
    }

    [Theory, Engines]
    public async Task Counts_are_of_what_the_caller_may_see(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("hr/pay.txt", "pay\nmore pay");
        folder.Write("open.txt", "open");
        folder.Write("bad.xyz", "bad");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("hr/**", "group:hr"), IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        var member = Assert.Single(await folder.Sources.ListAsync(Member(), CancellationToken.None));
        Assert.Equal((1, 1, 0, null), (member.Documents, member.Passages, member.Failed, member.Root));
        var owner = Assert.Single(await folder.Sources.ListAsync(IngestedFolder.Owner, CancellationToken.None));
        Assert.Equal((2, 3, 1, folder.Folder), (owner.Documents, owner.Passages, owner.Failed, owner.Root));
        Assert.Empty(await folder.Sources.ListAsync(Principal.Visitor(), CancellationToken.None));
        Assert.Equal(1, (await folder.Documents.ListAsync(Member(), new DocumentFilter(), CancellationToken.None)).Total);
        Assert.Equal(3, (await folder.Documents.ListAsync(IngestedFolder.Owner, new DocumentFilter(), CancellationToken.None)).Total);
    }

    [Theory, Engines]
    public async Task Another_tenant_sees_nothing(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("open.txt", "open");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "public"));
        await folder.IngestAsync("docs");
        var stranger = Principal.Owner(tenant: "other");
        Assert.Empty(await folder.ListAsync(stranger));
        var id = (await folder.DocumentAsync("open.txt")).Id;
        var passage = Assert.Single(await folder.Passages.PassagesAsync(Tenants.Default, id, CancellationToken.None));
        Assert.Empty(await folder.Passages.ReadAsync(stranger, [passage.Id], CancellationToken.None));
        var error = await Assert.ThrowsAsync<CairnException>(() => folder.Documents.TextAsync(stranger, id, null, CancellationToken.None));
        Assert.Equal(ErrorKind.NotFound, error.Kind);
    }
}
