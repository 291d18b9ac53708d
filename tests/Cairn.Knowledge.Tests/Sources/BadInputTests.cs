using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class BadInputTests
{
    [Theory, Engines]
    public async Task A_file_that_changes_while_being_read_is_read_again(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "before");
        var changes = 2;
        folder.Reader.AfterRead = file =>
        {
            if (changes-- > 0)
                File.AppendAllText(file, " and more");
        };
        Assert.Equal(1, (await folder.IngestAsync(paths: [folder.Folder])).Documents.Added);
        Assert.Equal("before and more and more", await folder.TextAsync("a.txt"));
    }

    [Theory, Engines]
    public async Task A_large_file_that_changes_between_hashing_and_parsing_is_stored_under_its_own_hash(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", new string('a', FileReader.Small + 1));
        var reads = 0;
        folder.Reader.AfterRead = file =>
        {
            if (++reads == 2)
                File.AppendAllText(file, "\nmore");
        };
        await folder.IngestAsync(paths: [folder.Folder]);
        Assert.EndsWith("more", await folder.TextAsync("a.txt"), StringComparison.Ordinal);
        folder.Reader.AfterRead = null;
        Assert.Equal(1, (await folder.IngestAsync(paths: [folder.Folder])).Documents.Unchanged);
    }

    [Theory, Engines]
    public async Task A_file_that_never_holds_still_is_reported(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("log.txt", "line\n");
        folder.Write("still.txt", "still");
        folder.Reader.AfterRead = file =>
        {
            if (file.EndsWith("log.txt", StringComparison.Ordinal))
                File.AppendAllText(file, "line\n");
        };
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(new IngestCounts(1, 0, 0, 0, 1), report.Documents);
        Assert.Contains("changes while it is being read", Assert.Single(report.Failures).Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Options.Scratch));
    }

    [Theory, Engines]
    public async Task A_large_file_that_is_deleted_between_hashing_and_parsing_does_not_stop_the_rest(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", new string('a', FileReader.Small + 1));
        folder.Write("b.txt", "still");
        folder.Reader.AfterRead = file =>
        {
            if (file.EndsWith("a.txt", StringComparison.Ordinal))
                File.Delete(file);
        };
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(1, report.Documents.Added);
        Assert.Equal(["b.txt"], await folder.PathsAsync());
        Assert.Empty(Directory.GetFiles(folder.Options.Scratch));
    }

    [Theory, Engines]
    public async Task Links_out_of_the_folder_are_reported_and_links_inside_are_followed_once(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        using var outside = new TemporaryFolder();
        outside.Write("secret.txt", "secret");
        folder.Write("in/a.txt", "a");
        File.CreateSymbolicLink(folder.At("leak.txt"), outside["secret.txt"]);
        Directory.CreateSymbolicLink(folder.At("leaks"), outside.Path);
        File.CreateSymbolicLink(folder.At("relative.txt"), "../" + Path.GetFileName(outside.Path) + "/secret.txt");
        File.CreateSymbolicLink(folder.At("nowhere.txt"), folder.At("missing.txt"));
        Directory.CreateSymbolicLink(folder.At("in/circle"), folder.Folder);
        File.CreateSymbolicLink(folder.At("same.txt"), folder.At("in/a.txt"));
        var report = await folder.IngestAsync(paths: [folder.Folder]);
        Assert.Equal(new IngestCounts(2, 0, 0, 0, 4), report.Documents);
        Assert.Equal(["leak.txt", "leaks/", "nowhere.txt", "relative.txt"],
            report.Failures.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(["in/a.txt", "same.txt"], (await folder.ListAsync(status: DocumentStatus.Ready)).Select(d => d.Path));
    }

    [Theory, Engines]
    public async Task A_file_exchanged_for_a_link_after_the_scan_is_not_followed(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        using var outside = new TemporaryFolder();
        outside.Write("secret.txt", "secret");
        File.CreateSymbolicLink(folder.At("a.txt"), outside["secret.txt"]);
        var scanned = new ScannedFile { Path = "a.txt", File = folder.At("a.txt"), Root = folder.Folder, Length = 6 };
        var prepared = await folder.Preparation.PrepareAsync(scanned, null, false, null, CancellationToken.None);
        Assert.Equal(FolderScan.LeadsOutside, prepared.Failure);
    }

    [Theory, Engines]
    public async Task A_path_outside_a_declared_source_is_refused_also_through_a_link(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        using var outside = new TemporaryFolder();
        await folder.DeclareAsync("docs");
        Directory.CreateSymbolicLink(folder.At("out"), outside.Path);
        Assert.Equal("path.outside", (await Assert.ThrowsAsync<CairnException>(() => folder.IngestAsync("docs", [folder.At("out")]))).Code);
        Assert.Equal("path.missing",
            (await Assert.ThrowsAsync<CairnException>(() => folder.IngestAsync("docs", [folder.At("missing")]))).Code);
        Assert.Equal("subject.invalid",
            (await Assert.ThrowsAsync<CairnException>(() => folder.IngestAsync("mine", [folder.Folder], "grp:x"))).Code);
        Assert.Equal("source.access-declared",
            (await Assert.ThrowsAsync<CairnException>(() => folder.IngestAsync("docs", [folder.Folder], "everyone"))).Code);
        Assert.Equal("source.unknown", (await Assert.ThrowsAsync<CairnException>(() => folder.IngestAsync("nothing"))).Code);
        Assert.Equal("source.invalid-name",
            (await Assert.ThrowsAsync<CairnException>(() => folder.IngestAsync("../x", [folder.Folder]))).Code);
    }

    [Theory, Engines]
    public async Task A_large_file_is_refused_with_its_size_before_it_is_read(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine, o => o with { MaxFileBytes = 1 << 20 });
        await using (var large = new FileStream(folder.At("large.txt"), FileMode.CreateNew))
            large.SetLength(200L << 20);
        var reads = 0;
        folder.Reader.AfterRead = _ => reads++;
        var failure = Assert.Single((await folder.IngestAsync(paths: [folder.Folder])).Failures);
        Assert.Equal("The file has 209,715,200 bytes; at most 1,048,576 are read.", failure.Reason);
        Assert.Equal(0, reads);
    }

    [Theory, Engines]
    public async Task A_full_disk_stops_the_job_with_a_clear_error_and_the_next_attempt_finishes_it(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        for (var i = 0; i < 200; i++)
            folder.Write($"{i:000}.txt", $"file {i}");
        var job = await folder.Ingestion.StartAsync(IngestedFolder.Owner, new IngestRequest { Paths = [folder.Folder] },
            CancellationToken.None);
        var reads = 0;
        folder.Reader.AfterRead = _ =>
        {
            if (Interlocked.Increment(ref reads) == 150)
                folder.Reader.WriteFails = new IOException("No space left on device", 28);
        };
        var error = await Assert.ThrowsAsync<CairnException>(() => folder.RunAsync(job));
        Assert.Equal((ErrorKind.Environment, "disk.full"), (error.Kind, error.Code));
        folder.Reader.AfterRead = null;
        folder.Reader.WriteFails = null;
        Assert.Equal(new IngestCounts(200, 0, 0, 0, 0), (await folder.RunAsync(job)).Documents);
    }

    [Theory, Engines]
    public async Task A_cancelled_ingestion_keeps_what_it_did(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        for (var i = 0; i < 300; i++)
            folder.Write($"{i:000}.txt", $"file {i}");
        var job = await folder.Ingestion.StartAsync(IngestedFolder.Owner, new IngestRequest { Paths = [folder.Folder] },
            CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var context = new TestJob(job) { Reported = p => { if (p.Done > 0) cancel.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => folder.RunAsync(context, null, cancel.Token));
        var kept = (await folder.Documents.ListAsync(IngestedFolder.Owner, new DocumentFilter(), CancellationToken.None)).Total;
        Assert.InRange(kept, 64, 299);
        Assert.Equal(300 - kept, (await folder.IngestAsync(paths: [folder.Folder])).Documents.Added);
    }

    [Theory, Engines]
    public async Task Names_that_are_no_text_are_reported(DatabaseEngine engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has file names that are no text.");
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("good.txt", "good");
        await ShellAsync($"printf bad > \"$(printf '{folder.Folder}/bad\\377.txt')\"");
        try
        {
            var report = await folder.IngestAsync(paths: [folder.Folder]);
            Assert.Equal(new IngestCounts(1, 0, 0, 0, 1), report.Documents);
            Assert.Contains("UTF-8", Assert.Single(report.Failures).Reason, StringComparison.Ordinal);
            Assert.Single(await folder.ListAsync(status: DocumentStatus.Failed));
            Assert.Equal(new IngestCounts(0, 0, 1, 0, 1), (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        }
        finally
        {
            // .NET cannot name the file, so it cannot delete it either.
            await ShellAsync($"rm {folder.Folder}/bad*");
        }
        Assert.Equal(new IngestCounts(0, 0, 1, 0, 0), (await folder.IngestAsync(paths: [folder.Folder])).Documents);
        Assert.Empty(await folder.ListAsync(status: DocumentStatus.Failed));
    }

    private static async Task ShellAsync(string command)
    {
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", command]);
        await shell.WaitForExitAsync();
    }
}
