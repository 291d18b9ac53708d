using Cairn.Storage;

namespace Cairn.Training;

/// <summary>Times are milliseconds since 1970.</summary>
internal sealed class TrainingMigrations : IMigrations
{
    public IEnumerable<Migration> All =>
    [
        new("training", 1,
            """
            CREATE TABLE experiments (
                tenant text NOT NULL,
                id text NOT NULL,
                model text NOT NULL,
                job text NOT NULL,
                user_name text NOT NULL,
                recipe text NOT NULL,
                data_hash text NOT NULL,
                data_bytes bigint NOT NULL,
                code_version text NOT NULL,
                created bigint NOT NULL,
                started bigint,
                outcome text,
                PRIMARY KEY (tenant, id)
            );
            CREATE INDEX experiments_by_model ON experiments (tenant, model, id);
            CREATE TABLE experiment_points (
                tenant text NOT NULL,
                experiment text NOT NULL,
                series text NOT NULL,
                step bigint NOT NULL,
                value double precision NOT NULL,
                PRIMARY KEY (tenant, experiment, series, step)
            );
            CREATE TABLE model_versions (
                tenant text NOT NULL,
                model text NOT NULL,
                version integer NOT NULL,
                experiment text NOT NULL,
                blob text NOT NULL,
                input text NOT NULL,
                profile text NOT NULL,
                created bigint NOT NULL,
                PRIMARY KEY (tenant, model, version)
            );
            CREATE TABLE model_events (
                tenant text NOT NULL,
                model text NOT NULL,
                number integer NOT NULL,
                kind text NOT NULL,
                version integer NOT NULL,
                user_name text NOT NULL,
                at bigint NOT NULL,
                PRIMARY KEY (tenant, model, number)
            );
            CREATE TABLE served_predictions (
                tenant text NOT NULL,
                model text NOT NULL,
                version integer NOT NULL,
                hour bigint NOT NULL,
                counts text NOT NULL,
                PRIMARY KEY (tenant, model, version, hour)
            )
            """),
        new("training", 2,
            """
            ALTER TABLE experiments ADD COLUMN stage text;
            ALTER TABLE experiments ADD COLUMN stop_stage text
            """),
    ];
}
