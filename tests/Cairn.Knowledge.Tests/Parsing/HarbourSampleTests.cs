using Cairn.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Knowledge.Tests;

/// <summary>Every paper of the sample workspace, read for real and cut into passages.</summary>
public sealed class HarbourSampleTests
{
    [Fact]
    public async Task Every_paper_can_be_read_but_the_scanned_one_and_its_passages_cover_it()
    {
        if (ProgramPath.Find("pdftotext") is null)
            Assert.Skip("pdftotext is not installed");
        await using var services = new ServiceCollection().AddLogging().AddCairnSandbox()
            .AddCairnParsing(new ParserOptions { WorkerCommand = [Path.Combine(AppContext.BaseDirectory, "Cairn.Knowledge.ParserWorker")] })
            .BuildServiceProvider();
        var parser = services.GetRequiredService<IDocumentParser>();
        var chunker = services.GetRequiredService<IChunker>();
        var refused = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Folder(), "*", SearchOption.AllDirectories)
            .Where(f => parser.FormatOf(f, []) is not null))
        {
            try
            {
                var document = await parser.ParseAsync(file, file, parser.FormatOf(file, [])!, default);
                Parsed.Holds(document);
                Covers(document, chunker.Chunk(document));
            }
            catch (UnreadableFileException e)
            {
                refused.Add($"{Path.GetFileName(file)}: {e.Code}");
            }
        }
        Assert.Equal(["crane-c2-examination-2026-scan.pdf: pdf.no_text_layer"], refused);
    }

    private static void Covers(ParsedDocument document, IReadOnlyList<Chunk> chunks)
    {
        var at = 0;
        foreach (var chunk in chunks)
        {
            Assert.True(chunk.Start >= at && string.IsNullOrWhiteSpace(document.Text[at..chunk.Start]));
            at = chunk.End;
        }
        Assert.True(string.IsNullOrWhiteSpace(document.Text[at..]));
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "samples", "harbour")))
            folder = folder.Parent;
        if (folder is null)
            Assert.Skip("samples/harbour is not in this checkout");
        return Path.Combine(folder!.FullName, "samples", "harbour");
    }
}
