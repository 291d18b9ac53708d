using System.Text;
using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class DocumentsTests
{
    /// <summary>On PostgreSQL the database's locale decides; the one of the tests, C, knows ASCII only.</summary>
    [Fact]
    public async Task A_word_is_found_in_a_list_however_its_letters_are_cased()
    {
        await using var folder = await IngestedFolder.OpenAsync(DatabaseEngine.Sqlite);
        folder.Write("a.md", "# Übergabe der Schlüssel\nmorgens");
        await folder.IngestAsync("mine", [folder.Folder]);
        foreach (var text in new[] { "Übergabe", "übergabe", "SCHLÜSSEL" })
            Assert.Equal(1, (await folder.Documents.ListAsync(IngestedFolder.Owner, new DocumentFilter { Text = text },
                CancellationToken.None)).Total);
    }

    [Theory, Engines]
    public async Task A_list_is_filtered_by_source_status_and_words_and_paged(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.md", "# Tide tables\nwater");
        folder.Write("b_1.txt", "one");
        folder.Write("bx1.txt", "two");
        folder.Write("c.xyz", "three");
        await folder.IngestAsync("mine", [folder.Folder], "everyone");
        Assert.Equal(["a.md"], await Paths(new DocumentFilter { Text = "TIDE" }));
        Assert.Equal(["b_1.txt"], await Paths(new DocumentFilter { Text = "b_1" }));
        Assert.Equal(["c.xyz"], await Paths(new DocumentFilter { Status = DocumentStatus.Failed }));
        Assert.Equal(["a.md", "b_1.txt", "bx1.txt"], await Paths(new DocumentFilter { Status = DocumentStatus.Ready, Source = "mine" }));
        Assert.Empty(await Paths(new DocumentFilter { Source = "other" }));
        var page = await folder.Documents.ListAsync(IngestedFolder.Owner, new DocumentFilter { Skip = 1, Take = 2 },
            CancellationToken.None);
        Assert.Equal((4, "b_1.txt", "bx1.txt"), (page.Total, page.Documents[0].Path, page.Documents[1].Path));

        async Task<string[]> Paths(DocumentFilter filter)
            => [.. (await folder.Documents.ListAsync(IngestedFolder.Owner, filter, CancellationToken.None)).Documents.Select(d => d.Path)];
    }

    [Theory, Engines]
    public async Task Failures_are_shown_to_whoever_may_ingest_only(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "good");
        folder.Write("never.xyz", "never");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        folder.Write("a.txt", "BROKEN");
        await folder.IngestAsync("docs");
        var seen = Assert.Single(await folder.ListAsync(IngestedFolder.Member));
        Assert.Equal(("a.txt", DocumentStatus.Ready, null), (seen.Path, seen.Status, seen.Failure));
        Assert.Empty(await folder.ListAsync(IngestedFolder.Member, DocumentStatus.Failed));
        var never = (await folder.DocumentAsync("never.xyz")).Id;
        Assert.Equal(ErrorKind.NotFound,
            (await Assert.ThrowsAsync<CairnException>(() => folder.Documents.GetAsync(IngestedFolder.Member, never,
                CancellationToken.None))).Kind);
    }

    [Theory, Engines]
    public async Task A_long_text_is_read_back_whole_and_in_parts(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        var text = new StringBuilder();
        for (var i = 0; text.Length < 3 * TextPieces.Length; i++)
            text.Append($"Line {i} über 🚢🚢 boats\n");
        folder.Write("long.txt", text.ToString());
        await folder.IngestAsync(paths: [folder.Folder]);
        var document = await folder.DocumentAsync("long.txt");
        var read = await folder.Documents.TextAsync(IngestedFolder.Owner, document.Id, 1, CancellationToken.None);
        Assert.Equal(text.ToString(), read.Text);
        var passages = await folder.Passages.PassagesAsync(Tenants.Default, document.Id, CancellationToken.None);
        Assert.All(passages, p => Assert.Equal(p.Text, read.Text[p.Start..p.End]));
        var across = passages.Where(p => p.Start / TextPieces.Length != p.End / TextPieces.Length || p.Id % 97 == 0).Select(p => p.Id)
            .ToArray();
        var parts = await folder.Passages.ReadAsync(IngestedFolder.Owner, across, CancellationToken.None);
        Assert.Equal(passages.Where(p => across.Contains(p.Id)), parts);
    }

    [Theory, Engines]
    public async Task Passages_are_read_as_the_caller_in_the_order_asked_for(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("hr/pay.txt", "pay");
        folder.Write("open.txt", "one\ntwo");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("hr/**", "group:hr"), IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        var ids = new List<long>();
        await foreach (var document in folder.Passages.AllAsync(CancellationToken.None))
            ids.AddRange(document.Passages.Select(p => p.Id));
        ids.Reverse();
        Assert.Equal(3, (await folder.Passages.ReadAsync(IngestedFolder.Owner, ids, CancellationToken.None)).Count);
        Assert.Equal(["two", "one"],
            (await folder.Passages.ReadAsync(IngestedFolder.Member, [.. ids.Where(i => i > 0)], CancellationToken.None)).Select(p => p.Text)
                .Order(StringComparer.Ordinal).Reverse());
        folder.Write("open.txt", "three");
        await folder.IngestAsync("docs");
        Assert.Empty(await folder.Passages.ReadAsync(IngestedFolder.Member, ids, CancellationToken.None));
    }

    [Theory, Engines]
    public async Task Removing_hides_at_once_and_ingestion_respects_it_until_it_is_restored(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "words");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        var id = (await folder.DocumentAsync("a.txt")).Id;
        Assert.Equal(ErrorKind.NotPermitted,
            (await Assert.ThrowsAsync<CairnException>(() => folder.Documents.RemoveAsync(IngestedFolder.Member, id,
                CancellationToken.None))).Kind);
        await folder.Documents.RemoveAsync(IngestedFolder.Owner, id, CancellationToken.None);
        Assert.Empty(await folder.SearchableAsync());
        Assert.Empty(await folder.ListAsync());
        Assert.Equal(id, Assert.Single(await folder.ListAsync(status: DocumentStatus.Removed)).Id);
        Assert.Equal(ErrorKind.Gone,
            (await Assert.ThrowsAsync<CairnException>(() => folder.Documents.TextAsync(IngestedFolder.Member, id, 1,
                CancellationToken.None))).Kind);
        Assert.Equal(new IngestCounts(0, 0, 1, 0, 0), (await folder.IngestAsync("docs")).Documents);
        Assert.Empty(await folder.SearchableAsync());
        await folder.Documents.RestoreAsync(IngestedFolder.Owner, id, CancellationToken.None);
        Assert.Single(await folder.SearchableAsync());
        Assert.Equal("words", (await folder.Documents.TextAsync(IngestedFolder.Member, id, 1, CancellationToken.None)).Text);
    }

    [Theory, Engines]
    public async Task A_text_whose_file_is_gone_stays_for_those_who_may_read_it(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "words");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        await folder.IngestAsync("docs");
        var id = (await folder.DocumentAsync("a.txt")).Id;
        File.Delete(folder.At("a.txt"));
        await folder.IngestAsync("docs");
        Assert.Equal("words", (await folder.Documents.TextAsync(IngestedFolder.Member, id, 1, CancellationToken.None)).Text);
        Assert.Equal(ErrorKind.NotFound,
            (await Assert.ThrowsAsync<CairnException>(
                () => folder.Documents.TextAsync(Principal.Visitor(), id, 1, CancellationToken.None))).Kind);
    }

    [Theory, Engines]
    public async Task What_an_answer_cited_and_the_caller_lost_is_forbidden_rather_than_unknown(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.txt", "words");
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "group:hr"));
        await folder.IngestAsync("docs");
        var id = (await folder.DocumentAsync("a.txt")).Id;
        Assert.Equal(ErrorKind.NotFound,
            (await Assert.ThrowsAsync<CairnException>(
                () => folder.Documents.GetAsync(IngestedFolder.Member, id, CancellationToken.None))).Kind);
        folder.Citations.Add(new Cited(id));
        Assert.Equal(ErrorKind.NotPermitted,
            (await Assert.ThrowsAsync<CairnException>(
                () => folder.Documents.GetAsync(IngestedFolder.Member, id, CancellationToken.None))).Kind);
    }

    [Theory, Engines]
    public async Task A_span_of_a_pdf_has_a_box_per_line_and_its_page_is_drawn_once(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        folder.Write("a.pdf", "%PDF the first line\nthe second line");
        await folder.IngestAsync(paths: [folder.Folder]);
        var document = await folder.DocumentAsync("a.pdf");
        Assert.Equal(1, document.Pages);
        var boxes = await folder.Documents.BoxesAsync(IngestedFolder.Owner, document.Id, 1, 9, 30, CancellationToken.None);
        Assert.Equal([new Box(1, 95, 100, 50, 10), new Box(1, 50, 112, 50, 10)], boxes);
        using var image = new StreamReader(await folder.Documents.PageImageAsync(IngestedFolder.Owner, document.Id, 1, 1,
            CancellationToken.None));
        Assert.Equal("PNG of %PDF ", await image.ReadToEndAsync());
        using var again = new StreamReader(await folder.Documents.PageImageAsync(IngestedFolder.Owner, document.Id, 1, 1,
            CancellationToken.None));
        Assert.Equal("PNG of %PDF ", await again.ReadToEndAsync());
        Assert.Equal(1, folder.Pages.Drawn);
        Assert.Equal(ErrorKind.NotFound,
            (await Assert.ThrowsAsync<CairnException>(() => folder.Documents.PageImageAsync(IngestedFolder.Owner, document.Id, 1, 2,
                CancellationToken.None))).Kind);
        var (content, media) = await folder.Documents.OriginalAsync(IngestedFolder.Owner, document.Id, 1, CancellationToken.None);
        using var original = new StreamReader(content);
        Assert.Equal(("application/pdf", "%PDF the first line\nthe second line"), (media, await original.ReadToEndAsync()));
    }

    [Theory, Engines]
    public async Task A_large_original_is_kept_too(DatabaseEngine engine)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"line {i}\n"));
        folder.Write("large.txt", text);
        await folder.IngestAsync(paths: [folder.Folder]);
        var document = await folder.DocumentAsync("large.txt");
        var (content, _) = await folder.Documents.OriginalAsync(IngestedFolder.Owner, document.Id, 1, CancellationToken.None);
        using var original = new StreamReader(content);
        Assert.Equal(text, await original.ReadToEndAsync());
        Assert.Empty(Directory.GetFiles(folder.Options.Scratch));
    }

    private sealed class Cited(string id) : ICitedDocuments
    {
        public Task<bool> WasCitedToAsync(Principal caller, string document, CancellationToken cancellationToken)
            => Task.FromResult(document == id);
    }
}
