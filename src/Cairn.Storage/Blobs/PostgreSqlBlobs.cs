using System.Security.Cryptography;
using Npgsql;

namespace Cairn.Storage;

/// <summary>
/// Blobs in the database, so that every replica has them: chunks of <see cref="ChunkSize"/> bytes under a content identifier, named by the
/// hash once it is known. One transaction per blob; it streams, so it is not a change that could run again.
/// </summary>
internal sealed class PostgreSqlBlobs(PostgreSqlDatabase database, IIdentifiers identifiers) : IBlobs
{
    public const int ChunkSize = 256 * 1024;

    private const string InsertChunk = "INSERT INTO blob_chunks (content, number, bytes) VALUES ($1, $2, $3)";

    private const string InsertName = "INSERT INTO blobs (hash, content, size) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING";

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

    public async Task<bool> ExistsAsync(string hash, CancellationToken cancellationToken) => await FindAsync(hash, cancellationToken) is not null;

    public Task DeleteAsync(string hash, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => session.ExecuteAsync(Delete, new { hash = Checked(hash) }), cancellationToken);

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
            await ExecuteAsync(connection, transaction, InsertChunk, [id, number, new ArraySegment<byte>(buffer, 0, read)], cancellationToken);
        }
        var hash = Convert.ToHexStringLower(digest.GetHashAndReset());
        if (await ExecuteAsync(connection, transaction, InsertName, [hash, id, size], cancellationToken) == 1)
            await transaction.CommitAsync(CancellationToken.None);
        else
            await transaction.RollbackAsync(CancellationToken.None);
        return hash;
    }

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record StoredBlob(string Content, long Size);
}
