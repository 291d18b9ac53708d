using Cairn.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Knowledge.Tests;

/// <summary>
/// The sample's papers, read, cut and indexed as ingestion does, with the access that the sample workspace declares; no database.
/// </summary>
internal sealed class HarbourCorpus
{
    private static readonly (string Folder, string[] Allow)[] Rules =
    [
        ("hr/", ["group:hr"]), ("contracts/", ["group:legal", "group:management"]), ("legal/", ["group:legal", "group:management"]),
        ("board/", ["group:management"]),
        ("", ["everyone"]),
    ];

    public MemoryCorpus Corpus { get; } = new();

    public Dictionary<string, string> Texts { get; } = [];

    public static async Task<HarbourCorpus> ReadAsync()
    {
        if (ProgramPath.Find("pdftotext") is null)
            Assert.Skip("pdftotext is not installed");
        await using var services = new ServiceCollection().AddLogging().AddCairnSandbox()
            .AddCairnParsing(new ParserOptions { WorkerCommand = [Path.Combine(AppContext.BaseDirectory, "Cairn.Knowledge.ParserWorker")] })
            .BuildServiceProvider();
        var parser = services.GetRequiredService<IDocumentParser>();
        var chunker = services.GetRequiredService<IChunker>();
        var parsed = new List<(string Path, ParsedDocument Document)>();
        foreach (var file in Samples.Files())
        {
            var path = Path.GetRelativePath(Samples.Harbour, file).Replace('\\', '/');
            try
            {
                parsed.Add((path, await parser.ParseAsync(file, path, parser.FormatOf(path, [])!, CancellationToken.None)));
            }
            catch (UnreadableFileException) when (path.EndsWith("-scan.pdf", StringComparison.Ordinal))
            {
                // The one scanned page has no text layer; no question rests on it.
            }
        }
        var older = parsed.Select(p => Metadata.Supersedes(p.Document.Metadata)).OfType<string>().Select(s => s[(s.LastIndexOf('/') + 1)..])
            .ToHashSet();
        var corpus = new HarbourCorpus();
        var id = 0L;
        corpus.Corpus.Put(parsed.Select(p => new DocumentPassages(Tenants.Default, p.Path,
            [.. chunker.Chunk(p.Document).Select(c => PassageOf(p, c, ++id, older))])).ToList());
        foreach (var (path, document) in parsed)
            corpus.Texts[path] = document.Text;
        return corpus;
    }

    public static Principal Asker(HarbourQuestion question)
        => new() { Tenant = Tenants.Default, User = question.Asker.User, Groups = [.. question.Asker.Groups], Roles = [Roles.Member] };

    private static Passage PassageOf((string Path, ParsedDocument Document) from, Chunk chunk, long id, HashSet<string> older)
    {
        var access = new AccessSet { Layers = [new AccessList { Allow = [.. Rules.First(r => from.Path.StartsWith(r.Folder,
            StringComparison.Ordinal)).Allow] }] };
        return new Passage
        {
            Id = id,
            Document = from.Path,
            Version = 1,
            Source = "harbour",
            Path = from.Path,
            Title = from.Document.Title ?? Metadata.TitleOf(from.Path),
            HeadingPath = chunk.HeadingPath,
            Page = chunk.Page,
            Start = chunk.Start,
            End = chunk.End,
            Text = from.Document.Text[chunk.Start..chunk.End],
            Access = from.Document.Access is { } own ? access.Narrow(own) : access,
            Changed = Metadata.Changed(from.Document.Metadata) ?? DateTimeOffset.UnixEpoch,
            Superseded = older.Contains(Path.GetFileName(from.Path)),
        };
    }
}
