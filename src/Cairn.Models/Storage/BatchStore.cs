using System.Runtime.CompilerServices;
using Cairn.Storage;

namespace Cairn.Models;

/// <summary>Files of calls, batches, and the answers that are there.</summary>
internal sealed class BatchStore(IDatabase database) : IBlobReferences
{
    private const int PageOfResults = 64;

    private const string Batches = "SELECT tenant AS Tenant, id AS Id, user_name AS User, key_id AS Key, file_id AS File, endpoint AS Endpoint, job AS Job, total AS Total, metadata AS Metadata, created AS Created FROM model_batches";

    public Task AddAsync(BatchFile file, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => session.ExecuteAsync(
        "INSERT INTO model_files (tenant, id, user_name, name, bytes, blob, created) VALUES (@Tenant, @Id, @User, @Name, @Bytes, @Blob, @At)",
        new { file.Tenant, file.Id, file.User, file.Name, file.Bytes, file.Blob, At = file.Created.ToUnixTimeMilliseconds() }),
        cancellationToken);

    public async Task<BatchFile?> FindFileAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(session => session.FindAsync<FileRow>(
            "SELECT tenant AS Tenant, id AS Id, user_name AS User, name AS Name, bytes AS Bytes, blob AS Blob, created AS Created FROM model_files WHERE tenant = @tenant AND id = @id",
            new { tenant, id }), cancellationToken);
        return row is null
            ? null
            : new(row.Tenant, row.Id, row.User, row.Name, row.Bytes, row.Blob, DateTimeOffset.FromUnixTimeMilliseconds(row.Created));
    }

    public Task AddAsync(ModelBatch batch, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => session.ExecuteAsync(
        "INSERT INTO model_batches (tenant, id, user_name, key_id, file_id, endpoint, job, total, metadata, created) VALUES (@Tenant, @Id, @User, @Key, @File, @Endpoint, @Job, @Total, @Metadata, @At)",
        new { batch.Tenant, batch.Id, batch.User, batch.Key, batch.File, batch.Endpoint, batch.Job, batch.Total, batch.Metadata,
            At = batch.Created.ToUnixTimeMilliseconds() }), cancellationToken);

    public Task EnqueuedAsync(ModelBatch batch, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => session.ExecuteAsync(
        "UPDATE model_batches SET job = @Job WHERE tenant = @Tenant AND id = @Id", new { batch.Tenant, batch.Id, batch.Job }),
        cancellationToken);

    public async Task<ModelBatch?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => (await database.ReadAsync(session => session.FindAsync<BatchRow>(Batches + " WHERE tenant = @tenant AND id = @id",
            new { tenant, id }), cancellationToken))?.ToBatch();

    public async Task<IReadOnlyList<ModelBatch>> ListAsync(string tenant, string user, int limit, CancellationToken cancellationToken)
        => [.. (await database.ReadAsync(session => session.QueryAsync<BatchRow>(
            Batches + " WHERE tenant = @tenant AND user_name = @user ORDER BY id DESC LIMIT @limit", new { tenant, user, limit }),
            cancellationToken)).Select(r => r.ToBatch())];

    /// <summary>The lines whose answer is there.</summary>
    public async Task<HashSet<long>> RecordedAsync(string tenant, string batch, CancellationToken cancellationToken)
        => [.. await database.ReadAsync(
            session => session.QueryAsync<long>("SELECT line FROM model_batch_results WHERE tenant = @tenant AND batch = @batch",
                new { tenant, batch }), cancellationToken)];

    public Task<IReadOnlyList<string>> AmongAsync(Session session, IReadOnlyList<string> hashes)
        => session.QueryAsync<string>("SELECT DISTINCT blob FROM model_files WHERE blob IN @hashes", new { hashes });

    public static Task AddAsync(WriteSession session, BatchResult result) => session.ExecuteAsync(
        "INSERT INTO model_batch_results (tenant, batch, line, failed, body) VALUES (@Tenant, @Batch, @Line, @Failed, @Text)",
        new { result.Tenant, result.Batch, result.Line, result.Failed, result.Text });

    public async Task<(long Completed, long Failed)> CountAsync(string tenant, string batch, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(session => session.QueryAsync<CountRow>(
            "SELECT failed AS Failed, COUNT(*) AS Lines FROM model_batch_results WHERE tenant = @tenant AND batch = @batch GROUP BY failed",
            new { tenant, batch }), cancellationToken);
        return (rows.Where(r => r.Failed == 0).Sum(r => r.Lines), rows.Where(r => r.Failed != 0).Sum(r => r.Lines));
    }

    /// <summary>Answers or errors, in the order of their calls, a few at a time: all of a batch's may not fit in memory.</summary>
    public async IAsyncEnumerable<string> ResultsAsync(
        string tenant, string batch, bool failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = -1L;
        while (true)
        {
            var page = await database.ReadAsync(session => session.QueryAsync<ResultRow>(
                "SELECT line AS Line, body AS Body FROM model_batch_results WHERE tenant = @tenant AND batch = @batch AND failed = @failed AND line > @after ORDER BY line LIMIT @page",
                new { tenant, batch, failed = failed ? 1L : 0L, after, page = PageOfResults }), cancellationToken);
            foreach (var row in page)
                yield return row.Body;
            if (page.Count < PageOfResults)
                yield break;
            after = page[^1].Line;
        }
    }

    private sealed record ResultRow
    {
        public required long Line { get; init; }

        public required string Body { get; init; }
    }

    private sealed record FileRow
    {
        public required string Tenant { get; init; }

        public required string Id { get; init; }

        public required string User { get; init; }

        public required string Name { get; init; }

        public required long Bytes { get; init; }

        public required string Blob { get; init; }

        public required long Created { get; init; }
    }

    private sealed record CountRow
    {
        public required long Failed { get; init; }

        public required long Lines { get; init; }
    }

    private sealed record BatchRow
    {
        public required string Tenant { get; init; }

        public required string Id { get; init; }

        public required string User { get; init; }

        public string? Key { get; init; }

        public required string File { get; init; }

        public required string Endpoint { get; init; }

        public string? Job { get; init; }

        public required long Total { get; init; }

        public string? Metadata { get; init; }

        public required long Created { get; init; }

        public ModelBatch ToBatch() => new()
        {
            Tenant = Tenant,
            Id = Id,
            User = User,
            Key = Key,
            File = File,
            Endpoint = Endpoint,
            Job = Job,
            Total = Total,
            Metadata = Metadata,
            Created = DateTimeOffset.FromUnixTimeMilliseconds(Created),
        };
    }
}
