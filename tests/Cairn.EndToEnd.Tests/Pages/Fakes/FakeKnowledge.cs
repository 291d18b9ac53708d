using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cairn.Knowledge;
using Cairn.Work;

namespace Cairn.EndToEnd.Tests;

/// <summary>The sample harbour's knowledge without a database: what pages need to be looked at.</summary>
internal sealed class FakeKnowledge : IDocuments, ISources, IIngestion, IRetriever, IJobs
{
    private readonly ConcurrentDictionary<string, bool> _removed = new();
    private readonly ConcurrentQueue<DocumentSummary> _uploaded = new();

    public bool Empty { get; init; }

    public bool Running { get; set; }

    public Task<DocumentPage> ListAsync(Principal caller, DocumentFilter filter, CancellationToken cancellationToken)
    {
        var all = Visible(caller)
            .Where(d => filter.Source is null || d.Source == filter.Source)
            .Where(d => filter.Text is null || d.Title.Contains(filter.Text, StringComparison.OrdinalIgnoreCase)
                || d.Path.Contains(filter.Text, StringComparison.OrdinalIgnoreCase))
            .Where(d => filter.Status is null ? d.Status != DocumentStatus.Removed : d.Status == filter.Status).ToList();
        return Task.FromResult(new DocumentPage([.. all.Skip(filter.Skip).Take(filter.Take)], all.Count));
    }

    public Task<DocumentSummary> GetAsync(Principal caller, string document, CancellationToken cancellationToken)
        => Task.FromResult(Visible(caller).FirstOrDefault(d => d.Id == document)
            ?? throw new CairnException(ErrorKind.NotFound, "document.unknown", "There is no such document that you may see.",
                "See the list of documents for those there are."));

    public async Task<DocumentText> TextAsync(Principal caller, string document, int? version, CancellationToken cancellationToken)
    {
        var found = await GetAsync(caller, document, cancellationToken);
        return HarbourPapers.Text(found, version ?? found.Version);
    }

    public Task<ImmutableArray<Box>> BoxesAsync(
        Principal caller, string document, int version, int start, int end, CancellationToken cancellationToken)
        => Task.FromResult(document == "tariff" ? HarbourPapers.TariffBoxes : []);

    /// <summary>Draws the sample's own PDF, as the server does.</summary>
    public async Task<Stream> PageImageAsync(Principal caller, string document, int version, int page, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("pdftoppm",
            ["-r", "110", "-png", "-f", $"{page}", "-l", $"{page}",
                Checkout.Path("samples/harbour/prices/tariff-2026.pdf")]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var picture = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(picture, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        picture.Position = 0;
        return picture;
    }

    public Task<(Stream Content, string MediaType)> OriginalAsync(
        Principal caller, string document, int version, CancellationToken cancellationToken)
        => Task.FromResult<(Stream, string)>((new MemoryStream("original"u8.ToArray()), "text/plain"));

    public Task RemoveAsync(Principal caller, string document, CancellationToken cancellationToken)
    {
        _removed[document] = true;
        return Task.CompletedTask;
    }

    public Task RestoreAsync(Principal caller, string document, CancellationToken cancellationToken)
    {
        _removed.TryRemove(document, out _);
        return Task.CompletedTask;
    }

    public Task DeclareAsync(
        string tenant, IReadOnlyList<SourceDeclaration> sources, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<SourceSummary>> ListAsync(Principal caller, CancellationToken cancellationToken)
    {
        if (Empty)
            return Task.FromResult<IReadOnlyList<SourceSummary>>([]);
        var seen = Visible(caller).ToList();
        var owner = caller.IsOwner;
        IReadOnlyList<SourceSummary> sources =
        [
            new SourceSummary
            {
                Name = "harbour",
                Root = owner ? "/home/anna/cairn/samples/harbour" : null,
                Declared = true,
                Watched = true,
                Documents = seen.Count,
                Passages = seen.Sum(d => d.Passages),
                Failed = owner ? 1 : 0,
                LastIngested = HarbourPapers.Now.AddMinutes(-3),
            },
            new SourceSummary
            {
                Name = "docs",
                Root = owner ? "/home/anna/cairn/docs" : null,
                Declared = true,
                Watched = true,
                Documents = 1,
                Passages = 19,
                Failed = 0,
                LastIngested = HarbourPapers.Now.AddMinutes(-3),
                RunningJob = Running && owner ? "job1" : null,
            },
            new SourceSummary
            {
                Name = "uploads",
                Declared = false,
                Watched = false,
                Documents = _uploaded.Count,
                Passages = _uploaded.Count * 4,
                Failed = 0,
                LastIngested = HarbourPapers.Now.AddDays(-2),
            },
        ];
        return Task.FromResult(sources);
    }

    public Task<Job> StartAsync(Principal caller, IngestRequest request, CancellationToken cancellationToken) => Task.FromResult(Job(1));

    public async Task<IngestReport> UploadAsync(
        Principal caller, string source, string path, IReadOnlyList<string> allow, Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        if (bytes.Length == 0 || bytes.ToArray().AsSpan().StartsWith("%PDF"u8))
            return new IngestReport
            {
                Source = source,
                Documents = new IngestCounts(0, 0, 0, 0, 1),
                Failures = [new IngestFailure(path, "The PDF is broken: it has no end.")],
                Chunks = 0,
                Seconds = .1,
            };
        _uploaded.Enqueue(HarbourPapers.Mooring with { Id = "up" + _uploaded.Count, Source = source, Path = path, Title = path,
            Passages = 4, Changed = HarbourPapers.Now });
        return new IngestReport { Source = source, Documents = new IngestCounts(1, 0, 0, 0, 0), Chunks = 4, Seconds = .1 };
    }

    public Task<Retrieval> RetrieveAsync(Principal caller, RetrievalQuery query, CancellationToken cancellationToken)
        => Task.FromResult(new Retrieval
        {
            Passages = Found(),
            DocumentsVisible = Visible(caller).Count(),
            PassagesVisible = 210,
            Terms = [new QueryTerm("tug", "tug", 9, .6), new QueryTerm("compulsory", "compulsori", 2, .4),
                new QueryTerm("kraken", "kraken", 0, 0)],
        });

    /// <summary>What every search finds.</summary>
    public static ImmutableArray<RetrievedPassage> Found()
    {
        var text = HarbourPapers.MooringText;
        return [.. new[] { "Mooring and unmooring stop at gusts of 22 m/s. A tug is compulsory from a mean of 12 m/s for ships with more than 2,500 m² of lateral wind area, and for every ship on R2.", "Five persons for ships to 120 m, seven above, one of them the watcher, who handles nothing." }
            .Select((quote, i) => new RetrievedPassage(new Passage
            {
                Id = i, Document = "mooring", Version = 2, Source = "harbour", Path = HarbourPapers.Mooring.Path,
                Title = HarbourPapers.Mooring.Title, HeadingPath = i == 0 ? "MR-2026 › 6 Wind" : "MR-2026 › 5 People",
                Start = text.IndexOf(quote, StringComparison.Ordinal), End = text.IndexOf(quote, StringComparison.Ordinal) + quote.Length,
                Text = quote, Access = AccessSet.Everyone, Changed = HarbourPapers.Now,
            }, 11.2 / (i + 1), ImmutableDictionary<string, double>.Empty.Add("bm25f", 10.1 / (i + 1)).Add("proximity", 1.1)))];
    }

    public Task<Job> EnqueueAsync(JobRequest request, CancellationToken cancellationToken) => Task.FromResult(Job(1));

    public Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken) => Task.FromResult<Job?>(Job(1));

    public Task<IReadOnlyList<Job>> ListAsync(
        string tenant, string? kind, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Job>>([Job(1)]);

    /// <summary>Stays at the middle, so that the page can be looked at.</summary>
    public async IAsyncEnumerable<Job> FollowAsync(string tenant, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Job(34);
        yield return Job(35);
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    public Task CancelAsync(string tenant, string id, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Job> RetryAsync(string tenant, string id, CancellationToken cancellationToken) => Task.FromResult(Job(1));

    private static Job Job(int done)
        => new()
        {
            Id = "job1",
            Tenant = Tenants.Default,
            Kind = IIngestion.JobKind,
            Status = JobStatus.Running,
            Input = "{}",
            Progress = new JobProgress(done, 84, "reading manuals/reefer-rack-manual.pdf"),
            Created = HarbourPapers.Now,
        };

    private IEnumerable<DocumentSummary> Visible(Principal caller) => Empty ? [] : HarbourPapers.All.Concat(_uploaded)
        .Where(d => d.Access.Allows(caller) && (d.Status != DocumentStatus.Failed || caller.IsOwner))
        .Select(d => _removed.ContainsKey(d.Id) ? d with { Status = DocumentStatus.Removed } : d);
}
