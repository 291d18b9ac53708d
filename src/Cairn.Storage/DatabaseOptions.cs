namespace Cairn.Storage;

/// <summary>Where a workspace keeps its state. Made by <see cref="Sqlite"/> or <see cref="PostgreSql"/>.</summary>
public sealed record DatabaseOptions
{
    private DatabaseOptions()
    {
    }

    public required DatabaseEngine Engine { get; init; }

    /// <summary>SQLite: the path of the database file. PostgreSQL: the connection string, which may hold a password.</summary>
    public required string Target { get; init; }

    /// <summary>SQLite: the folder of the blobs. PostgreSQL keeps blobs in the database.</summary>
    public string? BlobFolder { get; init; }

    /// <summary>How large the write-ahead log may grow before the writer waits for old readers and starts it again.</summary>
    public long WriteAheadLimit { get; init; } = 64L << 20;

    public static DatabaseOptions Sqlite(string path, string blobFolder)
        => new() { Engine = DatabaseEngine.Sqlite, Target = Path.GetFullPath(path), BlobFolder = Path.GetFullPath(blobFolder) };

    public static DatabaseOptions PostgreSql(string connectionString)
        => new() { Engine = DatabaseEngine.PostgreSql, Target = connectionString };

    /// <summary>Leaves the target out: a connection string may hold a password.</summary>
    public override string ToString() => Engine == DatabaseEngine.Sqlite ? $"SQLite {Target}" : "PostgreSQL";
}
