using System.Text.Json;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Knowledge;

internal sealed class Sources(IDatabase database, IJobs jobs, IAccess access, AccessSets sets) : ISources
{
    /// <summary>As many unfinished ingestions as a list of sources looks at.</summary>
    private const int RecentJobs = 100;

    public Task DeclareAsync(string tenant, IReadOnlyList<SourceDeclaration> sources, CancellationToken cancellationToken)
        => database.WriteAsync(
            Durability.Full,
            async session =>
            {
                var stored = (await SourceStore.ListAsync(session, tenant)).ToDictionary(s => s.Definition.Name);
                foreach (var definition in sources.Select(SourceDefinition.Of))
                {
                    var before = stored.GetValueOrDefault(definition.Name);
                    if (before is { Retired: false } && Same(before.Definition, definition))
                        continue;
                    await SourceStore.SaveAsync(session, tenant, definition, retired: false);
                    if (before is not null)
                        await DocumentTable.ApplyRulesAsync(session, tenant, definition, retired: false);
                }
                foreach (var (name, source) in stored)
                {
                    if (!source.Definition.Declared || source.Retired || sources.Any(s => s.Name == name))
                        continue;
                    await SourceStore.SaveAsync(session, tenant, source.Definition, retired: true);
                    await DocumentTable.ApplyRulesAsync(session, tenant, source.Definition, retired: true);
                }
            },
            cancellationToken);

    public async Task<IReadOnlyList<SourceSummary>> ListAsync(Principal caller, CancellationToken cancellationToken)
    {
        var mayIngest = access.May(caller, Right.Ingest);
        var running = mayIngest ? await RunningAsync(caller.Tenant, cancellationToken) : [];
        return await database.ReadAsync(
            async session =>
            {
                var counts = await DocumentList.CountsAsync(session, caller, await sets.VisibleAsync(session, caller));
                var summaries = new List<SourceSummary>();
                foreach (var (definition, _, ingested) in (await SourceStore.ListAsync(session, caller.Tenant)).Where(s => !s.Retired))
                {
                    var count = counts.GetValueOrDefault(definition.Name);
                    if (!mayIngest && (count is null || count.Documents == 0))
                        continue;
                    summaries.Add(new SourceSummary
                    {
                        Name = definition.Name,
                        Root = mayIngest ? definition.Roots.FirstOrDefault()?.Folder : null,
                        Declared = definition.Declared,
                        Watched = definition.Watch,
                        Documents = count?.Documents ?? 0,
                        Passages = (int)(count?.Passages ?? 0),
                        Failed = mayIngest ? count?.Failed ?? 0 : 0,
                        LastIngested = ingested,
                        RunningJob = running.GetValueOrDefault(definition.Name),
                    });
                }
                return summaries;
            },
            cancellationToken);
    }

    private async Task<Dictionary<string, string>> RunningAsync(string tenant, CancellationToken cancellationToken)
    {
        var running = new Dictionary<string, string>();
        foreach (var job in await jobs.ListAsync(tenant, IIngestion.JobKind, RecentJobs, cancellationToken))
        {
            if (job.Status is JobStatus.Queued or JobStatus.Running)
                running.TryAdd(JsonSerializer.Deserialize(job.Input, KnowledgeJson.Default.IngestInput)!.Source, job.Id);
        }
        return running;
    }

    private static bool Same(SourceDefinition one, SourceDefinition other)
        => JsonSerializer.Serialize(one, KnowledgeJson.Default.SourceDefinition)
            == JsonSerializer.Serialize(other, KnowledgeJson.Default.SourceDefinition);
}
