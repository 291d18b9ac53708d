using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cairn.Storage;

/// <summary>Opens connections to one file, set up as writer or reader.</summary>
internal sealed class SqliteConnections(string path, long writeAheadLimit)
{
    // Of a new file; one made before keeps its own. A page is one write to the log and one from it: of 8 kB, storing documents takes a
    // quarter less processor time than of 4 kB, and a commit of a row or two 4 microseconds more; of 16 kB it takes half as much again.
    private const int PageBytes = 8_192;

    // 16 MB of log between checkpoints.
    private const int CheckpointPages = 2_000;

    // How long a checkpoint that has to restart the log waits for the readers of the old one.
    private const int BusyMilliseconds = 500;

    public SqliteConnection OpenWriter()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return Open(SqliteOpenMode.ReadWriteCreate, connection =>
        {
            Run(connection, $"PRAGMA page_size = {PageBytes}");
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, $"PRAGMA wal_autocheckpoint = {CheckpointPages}");
            Run(connection, $"PRAGMA journal_size_limit = {writeAheadLimit}");
            Run(connection, $"PRAGMA busy_timeout = {BusyMilliseconds}");
            Run(connection, "PRAGMA foreign_keys = ON");
            Run(connection, "PRAGMA cache_size = -16000");
            // Reads a page of the schema, so that a file that is no database is found here.
            Run(connection, "SELECT count(*) FROM sqlite_master");
        });
    }

    /// <summary>Readers never checkpoint, not even when they are the last to close.</summary>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadWrite, static connection =>
    {
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        Run(connection, "PRAGMA wal_autocheckpoint = 0");
        Run(connection, "PRAGMA query_only = ON");
        Run(connection, "PRAGMA cache_size = -4000");
    });

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open(SqliteOpenMode mode, Action<SqliteConnection> setUp)
    {
        SqliteLibrary.Use();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ConnectionString);
        try
        {
            connection.Open();
            // Its own lower() knows ASCII only, so a search for "übergabe" would not find "Übergabe".
            connection.CreateFunction("lower", static (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
            setUp(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
