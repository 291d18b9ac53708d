using System.Text;
using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class UploadTests
{
    [Theory, Engines]
    public async Task An_upload_is_a_document_and_searchable_when_the_call_returns(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        var report = await UploadAsync(folder, "notes/today.txt", "one\ntwo", "everyone");
        Assert.Equal(new IngestCounts(1, 0, 0, 0, 0), report.Documents);
        Assert.Equal(2, report.Chunks);
        Assert.Equal(await folder.Feed.HeadAsync(CancellationToken.None), folder.Position);
        Assert.Equal(["notes/today.txt"], await folder.PathsAsync(IngestedFolder.Member));
        Assert.Equal(new IngestCounts(0, 0, 1, 0, 0), (await UploadAsync(folder, "notes/today.txt", "one\ntwo", "everyone")).Documents);
        Assert.Equal(new IngestCounts(0, 1, 0, 0, 0), (await UploadAsync(folder, "notes/today.txt", "three", "everyone")).Documents);
        Assert.Equal("three", await folder.TextAsync("notes/today.txt"));
        Assert.Empty(Directory.GetFiles(folder.Options.Scratch));
    }

    [Theory, Engines]
    public async Task An_upload_without_an_allow_list_is_for_the_one_who_made_it(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        var builder = IngestedFolder.Member with { User = "bob", Roles = [Roles.Builder] };
        await folder.Ingestion.UploadAsync(builder, "uploads", "a.txt", [], new MemoryStream("mine"u8.ToArray()), CancellationToken.None);
        Assert.Equal(["a.txt"], await folder.PathsAsync(builder));
        Assert.Empty(await folder.PathsAsync(IngestedFolder.Member));
    }

    [Theory, Engines]
    public async Task An_upload_takes_no_document_over_from_those_who_may_read_it(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        var builder = IngestedFolder.Member with { User = "bob", Groups = [], Roles = [Roles.Builder] };
        await UploadAsync(folder, "pay.txt", "what everybody earns", "group:hr");
        var paper = await folder.DocumentAsync("pay.txt");
        foreach (var removed in new[] { false, true })
        {
            if (removed)
                await folder.Documents.RemoveAsync(IngestedFolder.Owner, paper.Id, CancellationToken.None);
            var error = await Assert.ThrowsAsync<CairnException>(
                () => folder.Ingestion.UploadAsync(builder, "uploads", "pay.txt", ["user:bob"], new MemoryStream("mine now"u8.ToArray()),
                    CancellationToken.None));
            Assert.Equal((ErrorKind.NotPermitted, "path.taken"), (error.Kind, error.Code));
            await Assert.ThrowsAsync<CairnException>(() => folder.Documents.TextAsync(builder, paper.Id, 1, CancellationToken.None));
        }
        await folder.Documents.RestoreAsync(IngestedFolder.Owner, paper.Id, CancellationToken.None);
        Assert.Equal("what everybody earns", await folder.TextAsync("pay.txt"));
    }

    [Theory, Engines]
    public async Task A_builder_does_not_open_a_source_that_is_there(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        var builder = IngestedFolder.Member with { User = "bob", Groups = [], Roles = [Roles.Builder] };
        folder.Write("pay.txt", "what everybody earns");
        await folder.IngestAsync("hr", [folder.Folder], "group:hr");
        var error = await Assert.ThrowsAsync<CairnException>(
            () => folder.Ingestion.StartAsync(builder, new IngestRequest { Source = "hr", Allow = ["user:bob"] }, CancellationToken.None));
        Assert.Equal((ErrorKind.NotPermitted, "source.access-owner"), (error.Kind, error.Code));
        Assert.Empty(await folder.PathsAsync(builder));
        await folder.IngestAsync("hr", [], "user:bob");
        Assert.Equal(["pay.txt"], await folder.PathsAsync(builder));
    }

    [Fact]
    public async Task A_path_with_a_long_ending_is_a_failure_of_its_own()
    {
        await using var folder = await IngestedFolder.OpenAsync(DatabaseEngine.Sqlite);
        Assert.StartsWith("The format", Assert.Single((await UploadAsync(folder, "a." + new string('x', 250), "?")).Failures).Reason,
            StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Ingesting_a_folder_into_the_same_source_leaves_uploads_alone(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        await UploadAsync(folder, "up.txt", "uploaded");
        folder.Write("a.txt", "from the folder");
        await folder.IngestAsync("uploads", [folder.Folder]);
        await folder.IngestAsync("uploads", [folder.Folder]);
        Assert.Equal(["a.txt", "up.txt"], await folder.PathsAsync());
    }

    [Theory, Engines]
    public async Task Too_many_bytes_are_refused_and_leave_nothing(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine, o => o with { MaxFileBytes = 100_000 });
        var error = await Assert.ThrowsAsync<CairnException>(() => UploadAsync(folder, "a.txt", new string('a', 100_001)));
        Assert.Equal(ErrorKind.TooLarge, error.Kind);
        Assert.Empty(Directory.GetFiles(folder.Options.Scratch));
        Assert.Equal(1, (await UploadAsync(folder, "a.txt", new string('a', 100_000))).Documents.Added);
    }

    [Theory, Engines]
    public async Task What_cannot_be_read_is_reported_and_leaves_no_document(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        Assert.Equal("The format .xyz is not read.", Assert.Single((await UploadAsync(folder, "a.xyz", "?")).Failures).Reason);
        Assert.Equal("The file is broken.", Assert.Single((await UploadAsync(folder, "a.txt", "BROKEN")).Failures).Reason);
        Assert.Equal("The file is empty.", Assert.Single((await UploadAsync(folder, "a.txt", "")).Failures).Reason);
        Assert.Empty(await folder.ListAsync());
    }

    [Theory, Engines]
    public async Task A_declared_folder_takes_no_uploads(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        await folder.DeclareAsync("docs");
        var error = await Assert.ThrowsAsync<CairnException>(
            () => folder.Ingestion.UploadAsync(IngestedFolder.Owner, "docs", "a.txt", [], new MemoryStream(), CancellationToken.None));
        Assert.Equal("source.declared", error.Code);
    }

    [Theory]
    [InlineData("a/b.txt", "a/b.txt")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData(@"C:\docs\a.txt", "C:/docs/a.txt")]
    [InlineData("./a//b.txt", "a/b.txt")]
    [InlineData("Ünïcode 🚢.md", "Ünïcode 🚢.md")]
    public void Paths_are_cleaned(string path, string clean) => Assert.Equal(clean, DocumentPath.Clean(path));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("../a.txt")]
    [InlineData("a/../../b.txt")]
    [InlineData(@"..\a.txt")]
    [InlineData(".ssh/id.txt")]
    [InlineData("a/\0.txt")]
    [InlineData("a\nb.txt")]
    public void Paths_that_climb_hide_or_cannot_be_written_are_refused(string path)
        => Assert.Equal("path.invalid", Assert.Throws<CairnException>(() => DocumentPath.Clean(path)).Code);

    [Fact]
    public void A_path_with_half_a_character_is_refused()
        => Assert.Equal("path.invalid", Assert.Throws<CairnException>(() => DocumentPath.Clean("a" + (char)0xd800 + ".txt")).Code);

    private static Task<IngestReport> UploadAsync(IngestedFolder folder, string path, string text, params string[] allow)
        => folder.Ingestion.UploadAsync(IngestedFolder.Owner, "uploads", path, allow, new MemoryStream(Encoding.UTF8.GetBytes(text)),
            CancellationToken.None);
}
