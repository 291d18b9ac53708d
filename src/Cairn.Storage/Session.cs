using System.Data.Common;
using Dapper;

namespace Cairn.Storage;

/// <summary>One transaction. SQL is parameterised with <c>@name</c> and runs on both engines unless it is named for one.</summary>
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

    protected CommandDefinition Command(string sql, object? parameters)
        => new(sql, parameters, Transaction, cancellationToken: CancellationToken);
}
