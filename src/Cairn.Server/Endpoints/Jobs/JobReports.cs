using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Knowledge;
using Cairn.Work;

namespace Cairn.Server;

/// <summary>
/// Jobs as a caller may see them. An ingestion's report names the files that failed; whoever ingests without being the owner reads only
/// those of documents that they may read. The counts are of the whole job.
/// </summary>
internal sealed class JobReports(Principal caller, IDocuments documents)
{
    private const int PageSize = 200;

    private readonly Dictionary<string, HashSet<string>> _readable = new(StringComparer.Ordinal);

    public async Task<JobResponse> ShowAsync(Job job, CancellationToken cancellationToken)
    {
        var response = JobResponse.Of(job);
        if (caller.IsOwner || job.Kind != IIngestion.JobKind || response.Output is not { } output)
            return response;
        var report = output.Deserialize(ServerJson.Default.IngestReport)!;
        if (report.Failures.IsEmpty)
            return response;
        var readable = await ReadableAsync(report.Source, cancellationToken);
        return response with
        {
            Output = JsonSerializer.SerializeToElement(
                report with { Failures = [.. report.Failures.Where(f => readable.Contains(f.Path))] }, ServerJson.Default.IngestReport),
        };
    }

    /// <summary>Paths of the source's failed documents that the caller may read. A file that is sound by now is not among them.</summary>
    private async Task<HashSet<string>> ReadableAsync(string source, CancellationToken cancellationToken)
    {
        if (_readable.TryGetValue(source, out var known))
            return known;
        var paths = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<DocumentSummary> page;
        do
        {
            var filter = new DocumentFilter { Source = source, Status = DocumentStatus.Failed, Skip = paths.Count, Take = PageSize };
            page = (await documents.ListAsync(caller, filter, cancellationToken)).Documents;
            paths.UnionWith(page.Select(d => d.Path));
        }
        while (page.Length == PageSize);
        return _readable[source] = paths;
    }
}
