using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cairn.Storage;

/// <summary>A transaction that may change rows and append to the change feed.</summary>
public sealed class WriteSession(
    DatabaseEngine engine, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    : Session(engine, connection, transaction, cancellationToken)
{
    private const int RowsPerRoundTrip = 500;

    private readonly List<PendingChange> _changes = [];

    /// <summary>
    /// Changes announced in this transaction; the database numbers and writes them under the feed lock right before the commit.
    /// </summary>
    internal IReadOnlyList<PendingChange> Changes => _changes;

    /// <returns>How many rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>
    /// Runs one statement for many rows: prepared once on SQLite, in pipelined batches on PostgreSQL. Each public property of a row is a
    /// parameter of its name; properties that the statement does not use cost a little and do no harm.
    /// </summary>
    /// <returns>How many rows changed.</returns>
    public Task<int> ExecuteManyAsync<T>(string sql, IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Engine == DatabaseEngine.Sqlite ? Task.FromResult(ExecutePrepared(sql, rows)) : ExecuteBatchedAsync(sql, rows);
    }

    /// <summary>Announces that an entity changed. Readers of the topic see changes in commit order, without holes.</summary>
    /// <param name="topic">For example <c>documents</c>.</param>
    /// <param name="entity">The identifier of what changed; the row itself is the truth.</param>
    public void Announce(string tenant, string topic, string entity) => _changes.Add(new(tenant, topic, entity));

    private static IEnumerable<(string Name, Type Type, Func<T, object?> Read)> Used<T>(string sql)
        => RowReader<T>.Columns.Where(c => sql.Contains("@" + c.Name, StringComparison.Ordinal));

    private int ExecutePrepared<T>(string sql, IEnumerable<T> rows)
    {
        using var statement = new SqliteStatement((SqliteConnection)Connection, sql);
        var columns = Used<T>(sql).ToDictionary(c => c.Name, c => c.Read);
        var parameters = statement.Parameters.Select(name => columns.TryGetValue(name, out var read)
            ? read
            : throw new ArgumentException($"The statement has a parameter @{name}, {typeof(T).Name} no property of that name.",
                nameof(rows))).ToArray();
        var changed = 0;
        foreach (var row in rows)
        {
            CancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++)
                statement.Bind(i, Mapping.ToColumn(parameters[i](row)));
            changed += statement.Execute();
        }
        return changed;
    }

    private async Task<int> ExecuteBatchedAsync<T>(string sql, IEnumerable<T> rows)
    {
        var columns = Used<T>(sql).ToArray();
        var changed = 0;
        foreach (var chunk in rows.Chunk(RowsPerRoundTrip))
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction)Transaction);
            foreach (var row in chunk)
            {
                var command = new NpgsqlBatchCommand(sql);
                foreach (var column in columns)
                    command.Parameters.Add(Parameter(column.Name, column.Type, Mapping.ToColumn(column.Read(row))));
                batch.BatchCommands.Add(command);
            }
            changed += await batch.ExecuteNonQueryAsync(CancellationToken);
        }
        return changed;
    }

    /// <summary>A null needs its type said, or the server cannot infer it in every place.</summary>
    private static NpgsqlParameter Parameter(string name, Type type, object? value)
    {
        var parameter = new NpgsqlParameter { ParameterName = name, Value = value ?? DBNull.Value };
        if (value is null && PostgreSqlTypes.TryFind(type, out var found))
            parameter.NpgsqlDbType = found;
        return parameter;
    }
}
