using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Work;

namespace Cairn.Models;

/// <summary>Makes the calls of a batch, a few at a time, and records each answer before it counts as done.</summary>
internal sealed class BatchJob(
    BatchStore store, IDatabase database, IBlobs blobs, IAccess access, IGateway gateway, WireFormats formats, TimeProvider time)
    : IJobHandler
{
    public const string JobKind = "model-batch";

    private const int Concurrent = 4;
    private const int MostTries = 6;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public string Kind => JobKind;

    /// <summary>A batch shows how its job stands.</summary>
    public bool KeepsJobs => true;

    /// <param name="context">Its input is the batch's id.</param>
    public async Task<string> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var batch = await store.FindAsync(context.Job.Tenant, context.Job.Input, cancellationToken)
            ?? throw new CairnException(ErrorKind.NotFound, "batch.unknown", $"The batch {context.Job.Input} is not there.",
                "Hand it in again.");
        var file = await store.FindFileAsync(batch.Tenant, batch.File, cancellationToken)
            ?? throw new CairnException(ErrorKind.NotFound, "file.unknown", $"The file {batch.File} of the batch {batch.Id} is not there.",
                "Upload it again.");
        var caller = await access.ResolveAsync(batch.Tenant, batch.User, cancellationToken);
        if (caller is null || !access.May(caller, Right.CallModels))
            throw new CairnException(ErrorKind.NotPermitted, "batch.right", $"{batch.User} may not call models any more.",
                "Give the right back, then retry the job.");
        var origin = new CallOrigin { Caller = caller, Key = batch.Key };
        var recorded = await store.RecordedAsync(batch.Tenant, batch.Id, cancellationToken);
        long done = recorded.Count;
        context.Report(new(done, batch.Total, "calling models"));
        await using var content = await blobs.OpenAsync(file.Blob, cancellationToken);
        var open = BatchLine.ReadAsync(content, cancellationToken).Where(line => !recorded.Contains(line.Number));
        await Parallel.ForEachAsync(open,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrent, CancellationToken = cancellationToken }, async (line, stop) =>
        {
            var result = await CallAsync(batch, origin, line, stop);
            await database.WriteAsync(Durability.Full, async session =>
            {
                await context.RequireLeaseAsync(session);
                await BatchStore.AddAsync(session, result);
            }, stop);
            context.Report(new(Interlocked.Increment(ref done), batch.Total, "calling models"));
        });
        return FormattableString.Invariant($$"""{"answered":{{done}}}""");
    }

    private async Task<BatchResult> CallAsync(ModelBatch batch, CallOrigin origin, BatchLine line, CancellationToken cancellationToken)
    {
        var protocol = BatchEndpoints.ProtocolOf(batch.Endpoint);
        for (var tried = 1; ; tried++)
        {
            var trace = ActivityTraceId.CreateRandom();
            try
            {
                using var reply = new BatchReply();
                await gateway.SendAsync(new GatewayRequest { Origin = origin, Protocol = protocol, Body = line.Body, Trace = trace }, reply,
                    cancellationToken);
                return BatchResult.Of(batch, line, 200, await reply.ReadAsync(cancellationToken), trace.ToHexString());
            }
            catch (JsonException e)
            {
                return Failed(new ProviderFailureException("provider.malformed", line.CustomId, "got an answer that is not JSON",
                    "See what the provider's server logs.", e));
            }
            catch (CairnException e) when (!cancellationToken.IsCancellationRequested)
            {
                if (tried < MostTries && IsPassing(e))
                {
                    await Task.Delay(WaitAfter(e, tried), time, cancellationToken);
                    continue;
                }
                return Failed(e);
            }

            BatchResult Failed(CairnException e)
            {
                var error = new ArrayBufferWriter<byte>();
                formats.Of(protocol).WriteError(e, error);
                return BatchResult.Of(batch, line, ErrorStatus.Of(e), error.WrittenMemory, trace.ToHexString());
            }
        }
    }

    /// <summary>Nobody waits for an offline call, so that what passes by itself is waited out.</summary>
    private static bool IsPassing(CairnException error)
        => error is ProviderFailureException { Retry: RetryScope.Again } or ProviderFailureException { Code: "provider.resting" }
            || error.Code is "limit.caller" or "limit.provider";

    private static TimeSpan WaitAfter(CairnException error, int tried)
    {
        var wait = (error as ProviderFailureException)?.RetryAfter ?? FirstWait * Math.Pow(2, tried - 1);
        return wait < LongestWait ? wait : LongestWait;
    }
}
