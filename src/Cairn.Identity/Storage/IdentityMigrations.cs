using Cairn.Storage;

namespace Cairn.Identity;

/// <summary>The tables of identity. Times are milliseconds since 1970, credentials are hashes.</summary>
internal sealed class IdentityMigrations : IMigrations
{
    public IEnumerable<Migration> All =>
    [
        new("identity", 1, """
            CREATE TABLE identity_versions (
                tenant TEXT NOT NULL PRIMARY KEY,
                version BIGINT NOT NULL);
            CREATE TABLE users (
                tenant TEXT NOT NULL,
                name TEXT NOT NULL,
                folded TEXT NOT NULL,
                roles TEXT NOT NULL,
                created BIGINT NOT NULL,
                signed_in BIGINT NULL,
                removed BIGINT NULL,
                PRIMARY KEY (tenant, name),
                UNIQUE (tenant, folded));
            CREATE TABLE user_groups (
                tenant TEXT NOT NULL,
                name TEXT NOT NULL,
                folded TEXT NOT NULL,
                created BIGINT NOT NULL,
                PRIMARY KEY (tenant, name),
                UNIQUE (tenant, folded));
            CREATE TABLE group_members (
                tenant TEXT NOT NULL,
                grp TEXT NOT NULL,
                member TEXT NOT NULL,
                PRIMARY KEY (tenant, grp, member));
            CREATE TABLE api_keys (
                id TEXT NOT NULL PRIMARY KEY,
                tenant TEXT NOT NULL,
                user_name TEXT NOT NULL,
                hash TEXT NOT NULL,
                created BIGINT NOT NULL,
                last_used BIGINT NULL,
                revoked BIGINT NULL);
            CREATE INDEX api_keys_user ON api_keys (tenant, user_name);
            CREATE TABLE sign_in_links (
                id TEXT NOT NULL PRIMARY KEY,
                tenant TEXT NOT NULL,
                user_name TEXT NOT NULL,
                hash TEXT NOT NULL,
                created BIGINT NOT NULL,
                expires BIGINT NOT NULL,
                used BIGINT NULL);
            CREATE INDEX sign_in_links_user ON sign_in_links (tenant, user_name);
            CREATE TABLE sessions (
                id TEXT NOT NULL PRIMARY KEY,
                tenant TEXT NOT NULL,
                user_name TEXT NOT NULL,
                hash TEXT NOT NULL,
                created BIGINT NOT NULL,
                seen BIGINT NOT NULL);
            CREATE INDEX sessions_user ON sessions (tenant, user_name);
            CREATE TABLE identity_events (
                id TEXT NOT NULL PRIMARY KEY,
                tenant TEXT NOT NULL,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                subject TEXT NOT NULL,
                detail TEXT NOT NULL);
            """),
    ];
}
