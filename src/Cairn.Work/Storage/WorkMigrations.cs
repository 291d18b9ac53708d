using Cairn.Storage;

namespace Cairn.Work;

internal sealed class WorkMigrations : IMigrations
{
    public IEnumerable<Migration> All =>
    [
        new("work", 1,
            """
            CREATE TABLE jobs (
                tenant text NOT NULL,
                id text NOT NULL,
                kind text NOT NULL,
                status text NOT NULL,
                input text NOT NULL,
                output text,
                error text,
                job_key text,
                attempt integer NOT NULL,
                max_attempts integer NOT NULL,
                created bigint NOT NULL,
                finished bigint,
                due bigint NOT NULL,
                cancel_requested integer NOT NULL,
                checkpoint text,
                progress_done bigint,
                progress_total bigint,
                progress_step text,
                token bigint NOT NULL,
                owner text,
                lost integer NOT NULL,
                PRIMARY KEY (tenant, id)
            );
            CREATE INDEX jobs_by_due ON jobs (due) WHERE status IN ('queued', 'running');
            CREATE INDEX jobs_by_age ON jobs (tenant, created);
            CREATE UNIQUE INDEX jobs_by_key ON jobs (tenant, kind, job_key) WHERE status IN ('queued', 'running')
            """),
    ];
}
