using System.Text;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Models;

internal sealed class Batches(BatchStore store, IBlobs blobs, IJobs jobs, IIdentifiers identifiers, TimeProvider time) : IBatches
{
    private const string Output = "output-";
    private const string Errors = "errors-";
    private const int LongestFileName = 200;

    public async Task<BatchFile> UploadAsync(Principal caller, string name, Stream content, CancellationToken cancellationToken)
    {
        var user = UserOf(caller);
        var counted = new CountingStream(content);
        var blob = await blobs.PutAsync(counted, cancellationToken);
        var file = new BatchFile(caller.Tenant, "file-" + identifiers.New(), user, name[..Math.Min(name.Length, LongestFileName)],
            counted.Count, blob, time.GetUtcNow());
        await store.AddAsync(file, cancellationToken);
        return file;
    }

    public async Task<BatchFile> FindFileAsync(Principal caller, string id, CancellationToken cancellationToken)
        => await store.FindFileAsync(caller.Tenant, id, cancellationToken) is { } file && file.User == caller.User
            ? file
            : throw UnknownFile(id);

    public async Task<BatchState> CreateAsync(
        CallOrigin origin, string file, string endpoint, string? metadata, CancellationToken cancellationToken)
    {
        BatchEndpoints.ProtocolOf(endpoint);
        var found = await FindFileAsync(origin.Caller, file, cancellationToken);
        long total = 0;
        await using (var content = await blobs.OpenAsync(found.Blob, cancellationToken))
        {
            await foreach (var line in BatchLine.ReadAsync(content, cancellationToken))
            {
                total++;
                if (line.Url != endpoint)
                    throw BatchLine.Wrong(line.Number, $"calls {line.Url}, but the batch is for {endpoint}");
            }
        }
        if (total == 0)
            throw new CairnException(ErrorKind.Input, "batch.empty", $"The file {file} has no calls.",
                "Upload a file with one call a line.");
        var batch = new ModelBatch
        {
            Tenant = origin.Caller.Tenant,
            Id = "batch_" + identifiers.New(),
            User = UserOf(origin.Caller),
            Key = origin.Key,
            File = file,
            Endpoint = endpoint,
            Total = total,
            Metadata = metadata,
            Created = time.GetUtcNow(),
        };
        await store.AddAsync(batch, cancellationToken);
        return await StateOfAsync(batch, cancellationToken);
    }

    public async Task<BatchState> FindAsync(Principal caller, string id, CancellationToken cancellationToken)
        => await StateOfAsync(await OwnAsync(caller, id, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<BatchState>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken)
    {
        var states = new List<BatchState>();
        foreach (var batch in await store.ListAsync(caller.Tenant, UserOf(caller), limit, cancellationToken))
            states.Add(await StateOfAsync(batch, cancellationToken));
        return states;
    }

    public async Task<BatchState> CancelAsync(Principal caller, string id, CancellationToken cancellationToken)
    {
        var state = await FindAsync(caller, id, cancellationToken);
        if (state.Job is { Status: JobStatus.Queued or JobStatus.Running } job)
            await jobs.CancelAsync(job.Tenant, job.Id, cancellationToken);
        return await FindAsync(caller, id, cancellationToken);
    }

    public async Task WriteAsync(Principal caller, string file, Stream into, CancellationToken cancellationToken)
    {
        var failed = file.StartsWith(Errors, StringComparison.Ordinal);
        if (failed || file.StartsWith(Output, StringComparison.Ordinal))
        {
            var batch = await OwnAsync(caller, file[Output.Length..], cancellationToken);
            await foreach (var line in store.ResultsAsync(batch.Tenant, batch.Id, failed, cancellationToken))
                await into.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            return;
        }
        var found = await FindFileAsync(caller, file, cancellationToken);
        await using var content = await blobs.OpenAsync(found.Blob, cancellationToken);
        await content.CopyToAsync(into, cancellationToken);
    }

    private async Task<ModelBatch> OwnAsync(Principal caller, string id, CancellationToken cancellationToken)
        => await store.FindAsync(caller.Tenant, id, cancellationToken) is { } batch && batch.User == caller.User
            ? batch
            : throw new CairnException(ErrorKind.NotFound, "batch.unknown", $"There is no batch '{id}' of yours.",
                "GET /v1/batches lists them.");

    /// <summary>A batch whose process died before its job was enqueued gets it now: the key makes that one job.</summary>
    private async Task<BatchState> StateOfAsync(ModelBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Job is null)
        {
            var made = await jobs.EnqueueAsync(new JobRequest
            {
                Tenant = batch.Tenant,
                Kind = BatchJob.JobKind,
                Input = batch.Id,
                Key = batch.Id,
            }, cancellationToken);
            batch = batch with { Job = made.Id };
            await store.EnqueuedAsync(batch, cancellationToken);
        }
        var (completed, failed) = await store.CountAsync(batch.Tenant, batch.Id, cancellationToken);
        return new(batch, await jobs.FindAsync(batch.Tenant, batch.Job!, cancellationToken), completed, failed);
    }

    private static string UserOf(Principal caller)
        => caller.User
            ?? throw new CairnException(ErrorKind.NotSignedIn, "batch.user", "A batch belongs to a user, and nobody is signed in.",
                "Send an API key.");

    private static CairnException UnknownFile(string id)
        => new(ErrorKind.NotFound, "file.unknown", $"There is no file '{id}' of yours.", "Upload one with POST /v1/files.");
}
