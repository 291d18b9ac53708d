using Cairn.Storage;

namespace Cairn.Apps;

/// <summary>Tables of conversations and traces. Times are milliseconds since 1970 UTC.</summary>
internal sealed class AppsMigrations : IMigrations
{
    public IEnumerable<Migration> All =>
    [
        new("apps", 1, """
            CREATE TABLE conversations (
              tenant TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, app TEXT NOT NULL, title TEXT NOT NULL,
              created BIGINT NOT NULL, updated BIGINT NOT NULL, removed BIGINT,
              PRIMARY KEY (tenant, id));
            CREATE INDEX conversations_by_owner ON conversations (tenant, owner, updated);
            CREATE TABLE messages (
              tenant TEXT NOT NULL, id TEXT NOT NULL, conversation TEXT NOT NULL, position BIGINT NOT NULL,
              role TEXT NOT NULL, created BIGINT NOT NULL, payload TEXT NOT NULL,
              PRIMARY KEY (tenant, id));
            CREATE UNIQUE INDEX messages_by_conversation ON messages (tenant, conversation, position);
            CREATE TABLE traces (
              tenant TEXT NOT NULL, id TEXT NOT NULL, app TEXT NOT NULL, caller TEXT, started BIGINT NOT NULL,
              PRIMARY KEY (tenant, id));
            CREATE INDEX traces_by_start ON traces (tenant, started);
            CREATE TABLE spans (
              tenant TEXT NOT NULL, trace TEXT NOT NULL, id TEXT NOT NULL, parent TEXT, name TEXT NOT NULL,
              starts DOUBLE PRECISION NOT NULL, milliseconds DOUBLE PRECISION NOT NULL, error TEXT, attributes TEXT NOT NULL,
              PRIMARY KEY (tenant, trace, id));
            """),
        new("apps", 2, """
            CREATE TABLE cited_documents (
              tenant TEXT NOT NULL, owner TEXT NOT NULL, document TEXT NOT NULL,
              PRIMARY KEY (tenant, owner, document));
            """),
    ];
}
