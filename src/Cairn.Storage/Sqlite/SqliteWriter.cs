using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cairn.Storage;

/// <summary>The one connection that writes and checkpoints. Used under the database's write lock.</summary>
internal sealed class SqliteWriter(SqliteConnections connections, string path, long writeAheadLimit) : IDisposable
{
    private SqliteConnection? _connection;
    private Durability? _durability;
    private long _lastLog;

    public async Task<(T Result, bool Announced)> RunAsync<T>(
        Durability durability, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken)
    {
        var connection = _connection ??= connections.OpenWriter();
        if (_durability != durability)
        {
            // It cannot change inside a transaction. In WAL mode NORMAL leaves the log unsynced until the next checkpoint.
            SqliteConnections.Run(connection, durability == Durability.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _durability = durability;
        }
        try
        {
            var result = await RunAsync(connection, change, cancellationToken);
            BoundLog(connection);
            return result;
        }
        catch when (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            // The rollback itself failed: this connection is of no more use, and closing it rolls back.
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
        _durability = null;
    }

    private static async Task<(T, bool)> RunAsync<T>(
        SqliteConnection connection, Func<WriteSession, Task<T>> change, CancellationToken cancellationToken)
    {
        var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            T result;
            bool announced;
            using (cancellationToken.Register(static c => raw.sqlite3_interrupt(((SqliteConnection)c!).Handle), connection))
            {
                var session = new WriteSession(DatabaseEngine.Sqlite, connection, transaction, cancellationToken);
                result = await change(session);
                announced = await FeedLog.AppendAsync(session);
            }
            await transaction.CommitAsync(CancellationToken.None);
            return (result, announced);
        }
        catch
        {
            RollBack(connection, transaction);
            throw;
        }
    }

    /// <summary>
    /// A full disk makes SQLite roll back by itself. The driver does not always notice, and its own ROLLBACK would then fail and leave the
    /// connection unusable: it gets an empty transaction to roll back, and what it leaves open is closed.
    /// </summary>
    private static void RollBack(SqliteConnection connection, SqliteTransaction transaction)
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
            raw.sqlite3_exec(connection.Handle, "BEGIN");
        transaction.Dispose();
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            raw.sqlite3_exec(connection.Handle, "ROLLBACK");
    }

    /// <summary>
    /// Overlapping readers can keep the automatic checkpoint from ever starting the log again; beyond the limit the writer waits for them a
    /// moment. Where one reader stays, it tries again after as much has been written once more, or every commit would wait.
    /// </summary>
    private void BoundLog(SqliteConnection connection)
    {
        var log = new FileInfo(path + "-wal");
        if (!log.Exists || log.Length <= writeAheadLimit)
        {
            _lastLog = 0;
            return;
        }
        if (log.Length <= _lastLog + writeAheadLimit)
            return;
        SqliteConnections.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        log.Refresh();
        _lastLog = log.Exists ? log.Length : 0;
    }
}
