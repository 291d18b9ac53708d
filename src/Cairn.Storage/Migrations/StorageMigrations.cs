namespace Cairn.Storage;

/// <summary>The tables that storage itself needs; always applied first.</summary>
internal sealed class StorageMigrations : IMigrations
{
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
    ];
}
