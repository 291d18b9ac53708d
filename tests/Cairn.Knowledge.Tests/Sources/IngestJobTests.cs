using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class IngestJobTests
{
    private static readonly IngestCounts Nothing = new(0, 0, 0, 0, 0);

    [Theory, Engines]
    public async Task A_folder_becomes_documents_with_texts_and_passages(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.md", "# Anchors\nDrop them slowly.\n");
        folder.Write("deep/b.txt", "first line\nsecond line");
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal("default", report.Source);
        Assert.Equal(Nothing with { Added = 2 }, report.Documents);
        Assert.Equal(4, report.Chunks);
        Assert.Equal(["a.md", "deep/b.txt"], await folder.PathsAsync());
        Assert.Equal("first line\nsecond line", await folder.TextAsync("deep/b.txt"));
        Assert.Equal(
            [
                "default/a.md 'Anchors' [] 0-9 Anchors: # Anchors", "default/a.md 'Anchors' [] 10-27 Anchors: Drop them slowly.",
                "default/deep/b.txt 'b' [] 0-10 : first line", "default/deep/b.txt 'b' [] 11-22 : second line",
            ],
            await folder.SearchableAsync());
    }

    [Theory, Engines]
    public async Task What_did_not_change_is_neither_parsed_nor_announced_again(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.md", "one");
        await folder.IngestAsync(paths: [folder.Folder]);
        var head = await folder.Feed.HeadAsync(CancellationToken.None);
        File.SetLastWriteTimeUtc(folder.At("a.md"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(Nothing with { Unchanged = 1 }, report.Documents);
        Assert.Equal(0, report.Chunks);
        Assert.Single(folder.Parser.Parsed);
        Assert.Equal(head, await folder.Feed.HeadAsync(CancellationToken.None));
    }

    [Theory, Engines]
    public async Task A_changed_file_is_a_new_version_and_the_old_text_stays(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.md", "one");
        await folder.IngestAsync(paths: [folder.Folder]);
        var before = await folder.DocumentAsync("a.md");
        folder.Write("a.md", "two");
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(Nothing with { Updated = 1 }, report.Documents);
        var after = await folder.DocumentAsync("a.md");
        Assert.Equal((before.Id, 2), (after.Id, after.Version));
        Assert.Equal("two", await folder.TextAsync("a.md"));
        Assert.Equal("one", (await folder.Documents.TextAsync(IngestedFolder.Owner, before.Id, 1, CancellationToken.None)).Text);
        Assert.Equal("two", Assert.Single(await folder.Passages.PassagesAsync(Tenants.Default, before.Id, CancellationToken.None)).Text);
        Assert.Equal(2, (await folder.Feed.ReadAsync(IPassageStore.Topic, 0, 10, CancellationToken.None))
            .Count(c => c.Entity == before.Id));
    }

    [Theory, Engines]
    public async Task A_renamed_file_keeps_its_document_and_is_not_parsed_again(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("old.txt", "the same words");
        await folder.IngestAsync(paths: [folder.Folder]);
        var before = await folder.DocumentAsync("old.txt");
        Directory.CreateDirectory(folder.At("deep"));
        File.Move(folder.At("old.txt"), folder.At("deep/new.txt"));
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(Nothing with { Updated = 1 }, report.Documents);
        var after = Assert.Single(await folder.ListAsync());
        Assert.Equal((before.Id, "deep/new.txt", "new", 1), (after.Id, after.Path, after.Title, after.Version));
        Assert.Single(folder.Parser.Parsed);
    }

    [Theory, Engines]
    public async Task A_copy_is_a_document_of_its_own(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "twin");
        await folder.IngestAsync(paths: [folder.Folder]);
        File.Copy(folder.At("a.txt"), folder.At("b.txt"));
        Assert.Equal(Nothing with { Added = 1, Unchanged = 1 }, (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        Assert.Equal(2, (await folder.ListAsync()).Select(d => d.Id).Distinct().Count());
        File.Move(folder.At("a.txt"), folder.At("c.txt"));
        File.Move(folder.At("b.txt"), folder.At("d.txt"));
        Assert.Equal(Nothing with { Updated = 2 }, (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        Assert.Equal(["c.txt", "d.txt"], await folder.PathsAsync());
    }

    [Theory, Engines]
    public async Task Deleted_files_are_removed_and_come_back_as_the_same_document(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "here");
        folder.Write("b.txt", "there");
        await folder.IngestAsync(paths: [folder.Folder]);
        var id = (await folder.DocumentAsync("a.txt")).Id;
        File.Delete(folder.At("a.txt"));
        Assert.Equal(Nothing with { Removed = 1, Unchanged = 1 }, (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        Assert.Equal(["b.txt"], await folder.PathsAsync());
        Assert.Empty(await folder.Passages.PassagesAsync(Tenants.Default, id, CancellationToken.None));
        folder.Write("a.txt", "here");
        Assert.Equal(Nothing with { Added = 1, Unchanged = 1 }, (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        Assert.Equal(id, (await folder.DocumentAsync("a.txt")).Id);
    }

    [Theory, Engines]
    public async Task Ingesting_a_subfolder_leaves_its_siblings_alone(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("one/a.txt", "a");
        folder.Write("two/b.txt", "b");
        folder.Write("two/c.txt", "c");
        await folder.IngestAsync(paths: [folder.Folder]);
        File.Delete(folder.At("one/a.txt"));
        File.Delete(folder.At("two/c.txt"));
        var report = await folder.IngestAsync(paths: [folder.At("two")]);
        Assert.Equal(Nothing with { Removed = 1, Unchanged = 1 }, report.Documents);
        Assert.Equal(["one/a.txt", "two/b.txt"], await folder.PathsAsync());
    }

    [Theory, Engines]
    public async Task An_unreadable_file_is_reported_and_stops_nothing(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "good");
        folder.Write("broken.txt", "BROKEN");
        folder.Write("empty.txt", "");
        folder.Write("photo.xyz", "pixels");
        folder.Write(".hidden/secret.txt", "hidden");
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(Nothing with { Added = 1, Failed = 3 }, report.Documents);
        Assert.Equal(
            [
                new IngestFailure("broken.txt", "The file is broken."),
                new IngestFailure("empty.txt", "The file is empty, or no regular file."),
                new IngestFailure("photo.xyz", "The format .xyz is not read."),
            ],
            report.Failures);
        Assert.Equal(["a.txt"], await folder.PathsAsync(IngestedFolder.Member with { Roles = [Roles.Member, Roles.Owner] }) is var all
            ? all.Where(p => p == "a.txt")
            : []);
        Assert.Equal(3, (await folder.ListAsync(status: DocumentStatus.Failed)).Length);
        File.Delete(folder.At("photo.xyz"));
        folder.Write("broken.txt", "mended");
        report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(Nothing with { Added = 1, Unchanged = 1, Failed = 1 }, report.Documents);
    }

    [Theory, Engines]
    public async Task A_file_that_breaks_goes_on_serving_its_last_good_version(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "good");
        await folder.IngestAsync(paths: [folder.Folder]);
        folder.Write("a.txt", "BROKEN");
        Assert.Equal(Nothing with { Failed = 1 }, (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        var document = await folder.DocumentAsync("a.txt");
        Assert.Equal((DocumentStatus.Failed, "The file is broken.", 1), (document.Status, document.Failure, document.Version));
        Assert.Single(await folder.Passages.PassagesAsync(Tenants.Default, document.Id, CancellationToken.None));
        folder.Write("a.txt", "good");
        Assert.Equal(Nothing with { Updated = 1 }, (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        Assert.Equal((DocumentStatus.Ready, 1),
            ((await folder.DocumentAsync("a.txt")).Status, (await folder.DocumentAsync("a.txt")).Version));
    }

    [Theory, Engines]
    public async Task A_missing_root_removes_nothing(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("disk/a.txt", "kept");
        await folder.DeclareAsync(new SourceDeclaration { Name = "disk", Root = folder.At("disk"), Declared = true });
        await folder.IngestAsync("disk");
        Directory.Delete(folder.At("disk"), recursive: true);
        var error = await Assert.ThrowsAsync<CairnException>(() => folder.IngestAsync("disk"));
        Assert.Equal("source.folder-missing", error.Code);
        Assert.Equal(["a.txt"], await folder.PathsAsync());
    }

    [Theory, Engines]
    public async Task A_rescan_trusts_files_at_rest_and_nothing_else(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("rest.txt", "aaaa");
        folder.Write("fresh.txt", "bbbb");
        var now = folder.Time.GetUtcNow().UtcDateTime;
        File.SetLastWriteTimeUtc(folder.At("rest.txt"), now.AddMinutes(-1));
        File.SetLastWriteTimeUtc(folder.At("fresh.txt"), now);
        await folder.DeclareAsync("docs");
        await folder.IngestAsync("docs");
        // The same size and time, other bytes: only a file that was at rest when it was read may be taken for unchanged.
        folder.Write("rest.txt", "AAAA");
        folder.Write("fresh.txt", "BBBB");
        File.SetLastWriteTimeUtc(folder.At("rest.txt"), now.AddMinutes(-1));
        File.SetLastWriteTimeUtc(folder.At("fresh.txt"), now);
        Assert.Equal(Nothing with { Updated = 1, Unchanged = 1 }, (await folder.RescanAsync("docs")).Documents);
        Assert.Equal("BBBB", await folder.TextAsync("fresh.txt"));
        Assert.Equal(Nothing with { Updated = 1, Unchanged = 1 }, (await folder.IngestAsync("docs")).Documents);
    }

    [Theory, Engines]
    public async Task Progress_counts_to_the_total(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        for (var i = 0; i < 150; i++)
            folder.Write($"{i}.txt", $"file {i}");
        var job = await folder.Ingestion.StartAsync(IngestedFolder.Owner, new IngestRequest { Paths = [folder.Folder] },
            CancellationToken.None);
        var context = new TestJob(job);
        await folder.RunAsync(context);
        var reading = context.Progress.Where(p => p.Step == "reading files").ToList();
        Assert.All(reading, p => Assert.Equal(150, p.Total));
        // Three batches of files; those that are ready together are written together.
        Assert.InRange(reading.Count, 1, 3);
        Assert.Equal(reading.OrderBy(p => p.Done), reading);
        Assert.Equal(150, reading[^1].Done);
    }
}
