using Cairn.Storage;

namespace Cairn.Models;

/// <summary>The tables of offline calls. Times are milliseconds since 1970.</summary>
internal sealed class BatchMigrations : IMigrations
{
    public IEnumerable<Migration> All =>
    [
        new("batches", 1, """
            CREATE TABLE model_files (
                tenant TEXT NOT NULL,
                id TEXT NOT NULL,
                user_name TEXT NOT NULL,
                name TEXT NOT NULL,
                bytes BIGINT NOT NULL,
                blob TEXT NOT NULL,
                created BIGINT NOT NULL,
                PRIMARY KEY (tenant, id));
            CREATE TABLE model_batches (
                tenant TEXT NOT NULL,
                id TEXT NOT NULL,
                user_name TEXT NOT NULL,
                key_id TEXT,
                file_id TEXT NOT NULL,
                endpoint TEXT NOT NULL,
                job TEXT,
                total BIGINT NOT NULL,
                metadata TEXT,
                created BIGINT NOT NULL,
                PRIMARY KEY (tenant, id));
            CREATE TABLE model_batch_results (
                tenant TEXT NOT NULL,
                batch TEXT NOT NULL,
                line BIGINT NOT NULL,
                failed BIGINT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (tenant, batch, line));
            """),
    ];
}
