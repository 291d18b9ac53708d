namespace Cairn.Storage;

/// <summary>The tables that storage itself needs; always applied first.</summary>
internal sealed class StorageMigrations : IMigrations
{
    private const string SqliteKeepsBlobsInFiles = "SELECT 1";

    public IEnumerable<Migration> All =>
    [
        new("storage", 1,
            """
            CREATE TABLE feed_changes (
                sequence {id},
                tenant text NOT NULL,
                topic text NOT NULL,
                entity text NOT NULL
            );
            CREATE INDEX feed_changes_by_topic ON feed_changes (topic, sequence);
            """),
        new("storage", 2, SqliteKeepsBlobsInFiles,
            """
            CREATE TABLE blobs (
                hash text PRIMARY KEY,
                content text NOT NULL UNIQUE,
                size bigint NOT NULL
            );
            CREATE TABLE blob_chunks (
                content text NOT NULL,
                number integer NOT NULL,
                bytes bytea NOT NULL,
                PRIMARY KEY (content, number)
            );
            ALTER TABLE blob_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL
            """),
        new("storage", 3, "CREATE TABLE feed_readers (reader text PRIMARY KEY, position bigint NOT NULL, seen bigint NOT NULL)"),
        new("storage", 4, SqliteKeepsBlobsInFiles, "ALTER TABLE blobs ADD COLUMN put bigint NOT NULL DEFAULT 0"),
    ];
}
