using System.Security.Cryptography;
using Npgsql;

namespace Cairn.Storage;

/// <summary>
/// Blobs in the database, so that every replica has them: chunks of <see cref="ChunkSize"/> bytes under a content identifier, named by the
/// hash once it is known. One transaction per blob; it streams, so it is not a change that could run again.
/// </summary>
internal sealed class PostgreSqlBlobs(PostgreSqlDatabase database, IIdentifiers identifiers, TimeProvider time) : IBlobs
{
    public const int ChunkSize = 256 * 1024;

    private const string InsertChunk = "INSERT INTO blob_chunks (content, number, bytes) VALUES ($1, $2, $3)";

    // Locks the name: a deletion of what is there already happens before this, and its row is new, or after, and sees when it was put.
    private const string InsertName =
        "INSERT INTO blobs (hash, content, size, put) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO UPDATE SET put = excluded.put RETURNING content";

    private const string DropChunks = "DELETE FROM blob_chunks WHERE content = $1";

    private const string Older = "SELECT hash FROM blobs WHERE put < @since AND hash > @after ORDER BY hash LIMIT @limit";

    private const string DeleteOlder =
        """
        WITH gone AS (DELETE FROM blobs WHERE hash = @hash AND put < @since RETURNING content),
            chunks AS (DELETE FROM blob_chunks WHERE content IN (SELECT content FROM gone))
        SELECT COUNT(*) FROM gone
        """;

    private const string Size = "SELECT COUNT(*) AS \"Count\", COALESCE(SUM(size), 0)::bigint AS \"Bytes\" FROM blobs";

    private const string Find = "SELECT content, size FROM blobs WHERE hash = @hash";

    private const string Delete =
        "WITH gone AS (DELETE FROM blobs WHERE hash = @hash RETURNING content) DELETE FROM blob_chunks WHERE content IN (SELECT content FROM gone)";

    public async Task<string> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        await database.OpenAsync(cancellationToken);
        try
        {
            return await StoreAsync(content, cancellationToken);
        }
        catch (Exception error) when (PostgreSqlErrors.Translate(error, database.Location) is { } better)
        {
            throw better;
        }
    }

    public async Task<Stream> OpenAsync(string hash, CancellationToken cancellationToken)
    {
        var found = await FindAsync(hash, cancellationToken) ?? throw new FileNotFoundException($"There is no blob {hash}.", hash);
        return new PostgreSqlBlobStream(database, found.Content, found.Size);
    }

    public async Task<bool> ExistsAsync(string hash, CancellationToken cancellationToken)
        => await FindAsync(hash, cancellationToken) is not null;

    public Task DeleteAsync(string hash, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => session.ExecuteAsync(Delete, new { hash = Checked(hash) }), cancellationToken);

    public Task<IReadOnlyList<string>> OlderAsync(DateTimeOffset since, string after, int limit, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.QueryAsync<string>(Older, new { since, after, limit }), cancellationToken);

    public async Task<bool> DeleteOlderAsync(string hash, DateTimeOffset since, CancellationToken cancellationToken)
        => await database.WriteAsync(Durability.Full, session => session.GetAsync<long>(DeleteOlder, new { hash = Checked(hash), since }),
            cancellationToken) > 0;

    public async Task<(long Count, long Bytes)> SizeAsync(CancellationToken cancellationToken)
    {
        var sum = await database.ReadAsync(session => session.GetAsync<BlobSum>(Size), cancellationToken);
        return (sum.Count, sum.Bytes);
    }

    private static string Checked(string hash)
        => BlobHash.IsValid(hash) ? hash : throw new ArgumentException($"'{hash}' is not the name of a blob.", nameof(hash));

    private async Task<StoredBlob?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        Checked(hash);
        return await database.ReadAsync(session => session.FindAsync<StoredBlob>(Find, new { hash }), cancellationToken);
    }

    private async Task<string> StoreAsync(Stream content, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var id = identifiers.New();
        var buffer = new byte[ChunkSize];
        long size = 0;
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(buffer, ChunkSize, throwOnEndOfStream: false, cancellationToken);
            if (read == 0)
                break;
            digest.AppendData(buffer, 0, read);
            size += read;
            await ExecuteAsync(connection, transaction, InsertChunk, [id, number, new ArraySegment<byte>(buffer, 0, read)],
                cancellationToken);
        }
        var hash = Convert.ToHexStringLower(digest.GetHashAndReset());
        await using (var name = Command(connection, transaction, InsertName, [hash, id, size, time.GetUtcNow().ToUnixTimeMilliseconds()]))
        {
            if (!id.Equals(await name.ExecuteScalarAsync(cancellationToken)))
                await ExecuteAsync(connection, transaction, DropChunks, [id], cancellationToken);
        }
        await transaction.CommitAsync(CancellationToken.None);
        return hash;
    }

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, transaction, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }

    private sealed record StoredBlob(string Content, long Size);

    private sealed record BlobSum(long Count, long Bytes);
}
