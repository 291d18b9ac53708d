using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Testing;
using Cairn.Work;

namespace Cairn.Knowledge.Tests;

/// <summary>A database, a folder of files, and everything of ingestion wired over them.</summary>
internal sealed class IngestedFolder : IAsyncDisposable, IIndexProgress
{
    private readonly TestDatabase _test;
    private readonly TemporaryFolder _files = new();

    private IngestedFolder(TestDatabase test, Func<IngestionOptions, IngestionOptions>? change)
    {
        _test = test;
        var options = new IngestionOptions { Scratch = Path.Combine(test.Folder, "scratch") };
        Options = change is null ? options : change(options);
        Sets = new AccessSets(Access);
        Reader = new FileReader(Options, test.Identifiers);
        Preparation = new FilePreparation(Options, Reader, Parser, new LineChunker(), test.Blobs, test.Time);
        Jobs = new TestJobs(test.Identifiers, test.Time);
        var uploads = new Uploads(test.Database, test.Feed, this, Reader, Preparation, Sets, Options, test.Identifiers, test.Time);
        Ingestion = new Ingestion(test.Database, Jobs, Access, uploads);
        Sources = new Sources(test.Database, Jobs, Access, Sets);
        Passages = new PassageStore(test.Database, Sets);
        Documents = new Documents(test.Database, test.Blobs, Access, Sets, Pages, Reader, Citations, test.Time);
    }

    public static Principal Owner { get; } = Principal.Owner();

    public static Principal Member { get; } = new() { Tenant = Tenants.Default, User = "mia", Groups = ["legal"], Roles = [Roles.Member] };

    public IngestionOptions Options { get; }

    public PlainParser Parser { get; } = new();

    public BlankPages Pages { get; } = new();

    public OpenAccess Access { get; } = new();

    public AccessSets Sets { get; }

    public FileReader Reader { get; }

    public FilePreparation Preparation { get; }

    public TestJobs Jobs { get; }

    public Ingestion Ingestion { get; }

    public Sources Sources { get; }

    public PassageStore Passages { get; }

    public Documents Documents { get; }

    public List<ICitedDocuments> Citations { get; } = [];

    public IDatabase Database => _test.Database;

    public IChangeFeed Feed => _test.Feed;

    public ManualTime Time => _test.Time;

    /// <summary>Where the database stands.</summary>
    public string State => _test.Folder;

    /// <summary>Absolute path of the folder of files, links resolved.</summary>
    public string Folder => RealPath.Of(_files.Path)!;

    public long Position { get; private set; }

    public static async Task<IngestedFolder> OpenAsync(DatabaseEngine engine, Func<IngestionOptions, IngestionOptions>? change = null)
        => new(await TestDatabase.OpenAsync(engine, new KnowledgeMigrations()), change);

    public string Write(string path, string text) => _files.Write(path, text);

    public string At(string path) => Path.Combine(Folder, path);

    public Task DeclareAsync(string name, params SourceRule[] access) => DeclareAsync(new SourceDeclaration
    {
        Name = name,
        Root = Folder,
        Declared = true,
        Access = [.. access],
    });

    public Task DeclareAsync(params SourceDeclaration[] sources) => Sources.DeclareAsync(Tenants.Default, sources, CancellationToken.None);

    public static SourceRule Rule(string match, params string[] allow) => new(match, new AccessList { Allow = [.. allow] });

    /// <summary>Starts an ingestion and runs its job to the end.</summary>
    public async Task<IngestReport> IngestAsync(string? source = null, string[]? paths = null, params string[] allow)
        => await RunAsync(await Ingestion.StartAsync(Owner,
            new IngestRequest { Source = source, Paths = [.. paths ?? []], Allow = [.. allow] }, CancellationToken.None));

    public Task<IngestReport> RescanAsync(string source) => RunAsync(new Job
    {
        Id = _test.Identifiers.New(),
        Tenant = Tenants.Default,
        Kind = IIngestion.JobKind,
        Status = JobStatus.Running,
        Input = JsonSerializer.Serialize(new IngestInput { Source = source, Rescan = true }, KnowledgeJson.Default.IngestInput),
        Created = Time.GetUtcNow(),
    });

    public Task<IngestReport> RunAsync(Job job, IDatabase? database = null, CancellationToken cancellationToken = default)
        => RunAsync(new TestJob(job), database, cancellationToken);

    public async Task<IngestReport> RunAsync(TestJob job, IDatabase? database = null, CancellationToken cancellationToken = default)
    {
        var handler = new IngestJob(database ?? Database, Preparation, Sets, new SourceLocks(), Options, _test.Identifiers, Time);
        return JsonSerializer.Deserialize(await handler.RunAsync(job, cancellationToken), KnowledgeJson.Default.IngestReport)!;
    }

    public async Task<ImmutableArray<DocumentSummary>> ListAsync(Principal? caller = null, DocumentStatus? status = null)
        => (await Documents.ListAsync(caller ?? Owner, new DocumentFilter { Status = status, Take = 200 },
            CancellationToken.None)).Documents;

    public async Task<string[]> PathsAsync(Principal? caller = null) => [.. (await ListAsync(caller)).Select(d => d.Path)];

    public async Task<DocumentSummary> DocumentAsync(string path) => (await ListAsync()).Single(d => d.Path == path);

    public async Task<string> TextAsync(string path)
        => (await Documents.TextAsync(Owner, (await DocumentAsync(path)).Id, null, CancellationToken.None)).Text;

    /// <summary>
    /// Everything that a search could see: path, title, access, and each passage's place and text; no identifiers, no versions.
    /// </summary>
    public async Task<string[]> SearchableAsync()
    {
        var lines = new List<string>();
        await foreach (var document in Passages.AllAsync(CancellationToken.None))
            lines.AddRange(
                document.Passages.Select(
                    p => $"{p.Source}/{p.Path} '{p.Title}' [{p.Access}] {(p.Superseded ? "superseded " : "")}{p.Start}-{p.End} {p.HeadingPath}: {p.Text}"));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public Task WaitUntilAsync(long sequence, CancellationToken cancellationToken)
    {
        Position = sequence;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _test.DisposeAsync();
        _files.Dispose();
    }
}
