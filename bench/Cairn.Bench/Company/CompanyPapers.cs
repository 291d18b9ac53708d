using Cairn.Knowledge;
using Cairn.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Bench;

/// <summary>
/// The sample company's papers, read, cut and indexed as ingestion does, with the access that the sample workspace declares; no database.
/// </summary>
internal sealed class CompanyPapers
{
    private static readonly (string Folder, string[] Allow)[] Rules =
    [
        ("hr/", ["group:hr"]), ("contracts/", ["group:legal", "group:management"]), ("legal/", ["group:legal", "group:management"]),
        ("board/", ["group:management"]),
        ("", ["everyone"]),
    ];

    public static string Folder => Path.Combine(Pool.RepositoryRoot(), "samples", "harbour");

    public MemoryCorpus Corpus { get; } = new();

    /// <summary>Texts by path.</summary>
    public Dictionary<string, string> Texts { get; } = [];

    public static async Task<CompanyPapers> ReadAsync()
    {
        await using var services = new ServiceCollection().AddLogging().AddCairnSandbox().AddCairnParsing().BuildServiceProvider();
        var parser = services.GetRequiredService<IDocumentParser>();
        var chunker = services.GetRequiredService<IChunker>();
        var read = new List<(string Path, ParsedDocument Document)>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".jsonl"))
            .Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(Folder, file).Replace('\\', '/');
            try
            {
                read.Add((path, await parser.ParseAsync(file, path, parser.FormatOf(path, [])!, CancellationToken.None)));
            }
            catch (UnreadableFileException e) when (path.EndsWith("-scan.pdf"))
            {
                Console.Error.WriteLine($"left out: {path} ({e.Message})");
            }
        }
        var older = read.Select(p => Metadata.Supersedes(p.Document.Metadata)).OfType<string>().Select(s => s[(s.LastIndexOf('/') + 1)..])
            .ToHashSet();
        var papers = new CompanyPapers();
        var id = 0L;
        papers.Corpus.Put(read.Select(p => new DocumentPassages(Tenants.Default, p.Path,
            [.. chunker.Chunk(p.Document).Select(c => PassageOf(p, c, ++id, older))])).ToList());
        foreach (var (path, document) in read)
            papers.Texts[path] = document.Text;
        return papers;
    }

    private static Passage PassageOf((string Path, ParsedDocument Document) from, Chunk chunk, long id, HashSet<string> older)
    {
        var access = new AccessSet { Layers = [new AccessList { Allow = [.. Rules.First(r => from.Path.StartsWith(r.Folder)).Allow] }] };
        return new Passage
        {
            Id = id, Document = from.Path, Version = 1, Source = "harbour", Path = from.Path,
            Title = from.Document.Title ?? Metadata.TitleOf(from.Path),
            HeadingPath = chunk.HeadingPath, Page = chunk.Page, Start = chunk.Start, End = chunk.End,
            Text = from.Document.Text[chunk.Start..chunk.End],
            Access = from.Document.Access is { } own ? access.Narrow(own) : access,
            Changed = Metadata.Changed(from.Document.Metadata) ?? DateTimeOffset.UnixEpoch,
            Superseded = older.Contains(Path.GetFileName(from.Path)),
        };
    }
}
