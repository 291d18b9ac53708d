using System.Text;
using Cairn.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Knowledge.Tests;

/// <summary>The separate process, for real: hostile files cost themselves only.</summary>
public sealed class ParserWorkerTests : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IDocumentParser _parser;
    private readonly string _folder = Directory.CreateTempSubdirectory("cairn-parsing-").FullName;

    public ParserWorkerTests()
    {
        _services = Services(new ParserOptions
        {
            WorkerCommand = Command,
            Workers = 1,
            Time = TimeSpan.FromSeconds(30),
            MaxTextBytes = 8 << 20,
        });
        _parser = _services.GetRequiredService<IDocumentParser>();
    }

    private static System.Collections.Immutable.ImmutableArray<string> Command
        => [Path.Combine(AppContext.BaseDirectory, "Cairn.Knowledge.ParserWorker")];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Documents_come_back_from_the_worker_as_they_were_parsed()
    {
        var html = await ParseAsync("a.html",
            "<html lang=en><title>T</title><h1>Gate</h1><p>Opens at six.<table><tr><th>A<th>B<tr><td>1<td>2</table>");
        Assert.Equal(["Heading1 Gate", "Paragraph Opens at six.", "TableHeader A | B", "TableRow A: 1 | B: 2"], html.Outline());
        Assert.Equal("en", html.Metadata["language"]);
        var docx = await ParseAsync("a.docx", DocxFile.Of(DocxFile.Paragraph("Term", "H1")));
        Assert.Equal("Heading1 Term", Assert.Single(docx.Outline()));
        SkipWithoutPoppler();
        var pdf = await ParseAsync("a.pdf", new PdfFile().Page().Text(50, 100, "One two.").Bytes());
        Assert.Equal(["One", "two."], pdf.Words.Select(w => pdf.Text[w.Start..w.End]));
    }

    public static TheoryData<string, string, byte[]> Hostile() => new()
    {
        { "empty.pdf", "file.empty", [] },
        { "page.pdf", "file.format_mismatch", "<html><body>not a PDF</body></html>"u8.ToArray() },
        { "broken.pdf", "file.broken", "%PDF-1.7\nnothing else"u8.ToArray() },
        { "encrypted.pdf", "file.encrypted", Encrypted() },
        { "bomb.docx", "file.inflates_too_far", DocxFile.Bomb(200) },
        { "entities.docx", "file.broken", DocxFile.Zip(("word/document.xml", "<!DOCTYPE d [<!ENTITY a \"aa\">]><d>&a;</d>")) },
        { "deep.docx", "file.broken", DocxFile.Of(string.Concat(Enumerable.Repeat("<w:sdt>", 100_000))) },
        { "sheet.docx", "file.format_mismatch", DocxFile.Zip(("xl/workbook.xml", "<x/>")) },
        { "image.html", "file.format_mismatch", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0] },
        { "large.txt", "file.too_large", new byte[9 << 20] },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_file_is_refused_with_a_reason_and_costs_only_itself(string name, string code, byte[] bytes)
    {
        if (name.EndsWith(".pdf"))
            SkipWithoutPoppler();
        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => ParseAsync(name, bytes));
        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Fix);
        Assert.Equal("alive", (await ParseAsync("next.html", "<p>alive")).Text);
    }

    [Fact]
    public async Task Elements_misnested_by_the_hundred_thousand_take_their_time_and_no_more()
    {
        await using var services = Services(new ParserOptions
        {
            WorkerCommand = Command,
            Workers = 1,
            Time = TimeSpan.FromMilliseconds(900),
        });
        var parser = services.GetRequiredService<IDocumentParser>();
        var deep = await FileAsync("deep.html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<b><div>", 50_000)) + "deep"));
        Assert.Equal("file.out_of_time",
            (await Assert.ThrowsAsync<UnreadableFileException>(() => parser.ParseAsync(deep, "deep.html", "html", default))).Code);
    }

    [Fact]
    public async Task A_worker_that_never_answers_is_ended()
    {
        await using var services = Services(new ParserOptions
        {
            WorkerCommand = ["sleep", "1000"],
            Workers = 1,
            Time = TimeSpan.FromMilliseconds(200),
        });
        var parser = services.GetRequiredService<IDocumentParser>();
        var file = await FileAsync("a.html", "<p>x"u8.ToArray());
        Assert.Equal("file.out_of_time",
            (await Assert.ThrowsAsync<UnreadableFileException>(() => parser.ParseAsync(file, "a.html", "html", default))).Code);
    }

    [Theory]
    [InlineData("exit 3")]
    [InlineData("head -c 1; printf 'nonsense that is no answer at all'")]
    public async Task A_worker_that_dies_or_lies_costs_the_file(string script)
    {
        await using var services = Services(new ParserOptions
        {
            WorkerCommand = ["sh", "-c", script],
            Workers = 1,
            Time = TimeSpan.FromSeconds(20),
        });
        var parser = services.GetRequiredService<IDocumentParser>();
        var file = await FileAsync("a.html", "<p>x"u8.ToArray());
        Assert.Equal("file.parser_crashed",
            (await Assert.ThrowsAsync<UnreadableFileException>(() => parser.ParseAsync(file, "a.html", "html", default))).Code);
    }

    [Fact]
    public async Task A_worker_without_enough_memory_says_so()
    {
        await using var services = Services(new ParserOptions { WorkerCommand = Command, Workers = 1, Memory = 128L << 20 });
        var parser = services.GetRequiredService<IDocumentParser>();
        var file = await FileAsync("a.html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p><b>x</b>", 1_000_000))));
        Assert.Equal("file.out_of_memory",
            (await Assert.ThrowsAsync<UnreadableFileException>(() => parser.ParseAsync(file, "a.html", "html", default))).Code);
    }

    [Fact]
    public async Task Pages_are_drawn_as_PNG()
    {
        SkipWithoutPoppler();
        var images = _services.GetRequiredService<IPageImages>();
        var file = await FileAsync("a.pdf", new PdfFile().Page().Text(50, 100, "One two.").Bytes());
        await using var image = await images.RenderAsync(file, 1, default);
        var head = new byte[24];
        await image!.ReadExactlyAsync(head);
        Assert.Equal("PNG"u8.ToArray(), head[1..4]);
        Assert.Equal(595 * 110 / 72, (head[18] << 8) | head[19], 2.0);
        Assert.Null(await images.RenderAsync(file, 2, default));
        var broken = await FileAsync("b.pdf", "%PDF-1.7 broken"u8.ToArray());
        await Assert.ThrowsAsync<UnreadableFileException>(() => images.RenderAsync(broken, 1, default));
    }

    private static ServiceProvider Services(ParserOptions options)
        => new ServiceCollection().AddLogging().AddCairnSandbox().AddCairnParsing(options).BuildServiceProvider();

    private static void SkipWithoutPoppler()
    {
        if (ProgramPath.Find("pdftotext") is null || ProgramPath.Find("pdftoppm") is null)
            Assert.Skip("poppler-utils is not installed");
    }

    private Task<ParsedDocument> ParseAsync(string name, string content) => ParseAsync(name, Encoding.UTF8.GetBytes(content));

    private async Task<ParsedDocument> ParseAsync(string name, byte[] bytes)
    {
        var file = await FileAsync(name, bytes);
        return await _parser.ParseAsync(file, name, _parser.FormatOf(name, bytes.AsSpan(0, Math.Min(bytes.Length, 512)))!, default);
    }

    private async Task<string> FileAsync(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(file, bytes);
        return file;
    }

    /// <summary>A file whose standard security handler (revision 2) has a user password that nobody knows.</summary>
    private static byte[] Encrypted()
    {
        var plain = Encoding.Latin1.GetString(new PdfFile().Page().Text(50, 100, "secret").Bytes());
        var key = string.Concat(Enumerable.Repeat("5A", 32));
        return Encoding.Latin1.GetBytes(plain.Replace("/Root 1 0 R",
            $"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"));
    }
}
