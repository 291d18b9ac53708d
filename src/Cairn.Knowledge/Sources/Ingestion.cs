using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Knowledge;

internal sealed class Ingestion(IDatabase database, IJobs jobs, IAccess access, Uploads uploads) : IIngestion
{
    private const string DefaultSource = "default";

    public async Task<Job> StartAsync(Principal caller, IngestRequest request, CancellationToken cancellationToken)
    {
        if (!access.May(caller, Right.Ingest))
            throw IngestErrors.NotPermitted();
        CheckSubjects(request.Allow);
        var paths = request.Paths.Select(p => RealPath.Of(p) ?? throw IngestErrors.Missing(p)).ToImmutableArray();
        var name = request.Source is null
            ? await SourceOfAsync(caller.Tenant, paths, cancellationToken)
            : DocumentPath.Source(request.Source);
        await database.WriteAsync(Durability.Full, session => PrepareAsync(session, caller, name, paths, request.Allow), cancellationToken);
        var input = JsonSerializer.Serialize(new IngestInput { Source = name, Paths = paths }, KnowledgeJson.Default.IngestInput);
        // Trying again by itself would only keep a person from hearing what is wrong; a crash is no attempt.
        return await jobs.EnqueueAsync(new JobRequest { Tenant = caller.Tenant, Kind = IIngestion.JobKind, Input = input, MaxAttempts = 1 },
            cancellationToken);
    }

    public Task<IngestReport> UploadAsync(
        Principal caller, string source, string path, IReadOnlyList<string> allow, Stream content, CancellationToken cancellationToken)
    {
        if (!access.May(caller, Right.Ingest))
            throw IngestErrors.NotPermitted();
        CheckSubjects(allow);
        return uploads.TakeAsync(caller, DocumentPath.Source(source), DocumentPath.Clean(path), allow, content, cancellationToken);
    }

    private static void CheckSubjects(IEnumerable<string> subjects)
    {
        if (subjects.FirstOrDefault(s => !Subject.IsValid(s)) is { } invalid)
            throw IngestErrors.InvalidSubject(invalid);
    }

    private async Task<string> SourceOfAsync(string tenant, ImmutableArray<string> paths, CancellationToken cancellationToken)
    {
        var sources = await database.ReadAsync(s => SourceStore.ListAsync(s, tenant), cancellationToken);
        return sources
            .Where(s => s is { Retired: false, Definition.Declared: true } && !paths.IsEmpty
                && paths.All(p => s.Definition.RootOf(p) is not null))
            .OrderByDescending(s => s.Definition.Roots[0].Folder.Length)
            .FirstOrDefault()?.Definition.Name ?? DefaultSource;
    }

    /// <summary>Makes or extends an undeclared source by the asked-for paths and access; a declared one is only checked.</summary>
    private static async Task PrepareAsync(
        WriteSession session, Principal caller, string name, ImmutableArray<string> paths, ImmutableArray<string> allow)
    {
        var tenant = caller.Tenant;
        var stored = await SourceStore.FindAsync(session, tenant, name);
        if (stored is { Retired: false, Definition.Declared: true })
        {
            if (!allow.IsEmpty)
                throw IngestErrors.AccessIsDeclared(name);
            if (paths.FirstOrDefault(p => stored.Definition.RootOf(p) is null) is { } outside)
                throw IngestErrors.Outside(outside, stored.Definition);
            return;
        }
        if (paths.IsEmpty && stored is null)
            throw IngestErrors.NoSource(name);
        // Else whoever may ingest could open to themselves what they may not read.
        if (!allow.IsEmpty && stored is not null && !caller.IsOwner)
            throw IngestErrors.AccessIsTheOwners(name);
        var source = (stored?.Definition ?? new SourceDefinition { Name = name }) with { Declared = false };
        foreach (var path in paths)
            source = source.WithRoot(Directory.Exists(path) ? path : Path.GetDirectoryName(path)!);
        if (source.Roots.IsEmpty)
            throw IngestErrors.NoFolder(name);
        if (!allow.IsEmpty)
            source = Allowing(source, paths, new AccessList { Allow = allow });
        await SourceStore.SaveAsync(session, tenant, source, retired: false);
        if (stored is null || stored.Retired || !allow.IsEmpty)
            await DocumentTable.ApplyRulesAsync(session, tenant, source, retired: false);
    }

    private static SourceDefinition Allowing(SourceDefinition source, ImmutableArray<string> paths, AccessList allow)
    {
        foreach (var path in paths.IsEmpty ? source.Roots.Select(r => r.Folder) : paths)
        {
            var document = source.RootOf(path)!.PathOf(path);
            var match = !Directory.Exists(path)
                ? Glob.Escape(document)
                : document.Length == 0 ? "**" : Glob.Escape(document.TrimEnd('/')) + "/**";
            source = source.WithRule(new SourceRule(match, allow));
        }
        return source;
    }
}
