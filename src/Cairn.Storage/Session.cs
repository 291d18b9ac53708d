using System.Data.Common;
using Dapper;

namespace Cairn.Storage;

/// <summary>
/// One transaction. SQL is parameterised with <c>@name</c> (same case as the property: SQLite cares) and runs on both engines unless it is
/// named for one. <c>IN @list</c> takes an array or a list on both. How columns become values is in <c>Mapping</c>: instants are Unix
/// milliseconds, flags 0 or 1.
/// </summary>
public class Session(DatabaseEngine engine, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
{
    public DatabaseEngine Engine { get; } = engine;

    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
        => (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<T?> FindAsync<T>(string sql, object? parameters = null)
        => Connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public Task<T> GetAsync<T>(string sql, object? parameters = null)
        => Connection.QuerySingleAsync<T>(Command(sql, parameters));

    /// <summary>Rows one by one as the engine delivers them, for results that should not be held in memory.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null)
    {
        await using var reader = await Connection.ExecuteReaderAsync(Command(sql, parameters));
        var parse = reader.GetRowParser<T>();
        while (await reader.ReadAsync(CancellationToken))
            yield return parse(reader);
    }

    protected CommandDefinition Command(string sql, object? parameters)
    {
        CancellationToken.ThrowIfCancellationRequested();
        return new(Dialect.For(Engine, sql), parameters, Transaction, cancellationToken: CancellationToken);
    }
}
