using Cairn.Storage;

namespace Cairn.Models;

/// <summary>
/// The tables of the gateway. Money is in billionths of a US dollar, times are milliseconds since 1970, periods are <c>2026-01-31</c> or
/// <c>2026-01</c>.
/// </summary>
internal sealed class ModelsMigrations : IMigrations
{
    public IEnumerable<Migration> All =>
    [
        new("models", 1, """
            CREATE TABLE budget_tranches (
                tenant TEXT NOT NULL,
                account TEXT NOT NULL,
                period TEXT NOT NULL,
                holder TEXT NOT NULL,
                leased BIGINT NOT NULL,
                settled BIGINT NOT NULL,
                seen BIGINT NOT NULL,
                PRIMARY KEY (tenant, account, period, holder));
            CREATE TABLE budget_warnings (
                tenant TEXT NOT NULL,
                account TEXT NOT NULL,
                period TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (tenant, account, period));
            CREATE TABLE model_ledger (
                tenant TEXT NOT NULL,
                day TEXT NOT NULL,
                user_name TEXT NOT NULL,
                key_id TEXT NOT NULL,
                app TEXT NOT NULL,
                model TEXT NOT NULL,
                calls BIGINT NOT NULL,
                unpriced BIGINT NOT NULL,
                input BIGINT NOT NULL,
                cache_read BIGINT NOT NULL,
                cache_write BIGINT NOT NULL,
                output BIGINT NOT NULL,
                reasoning BIGINT NOT NULL,
                cost BIGINT NOT NULL,
                PRIMARY KEY (tenant, day, user_name, key_id, app, model));
            """),
        // One row per limit and server; the limit's key begins with its tenant (a provider's limit has none).
        new("models", 2, """
            CREATE TABLE limit_shares (
                tenant TEXT NOT NULL,
                limit_key TEXT NOT NULL,
                holder TEXT NOT NULL,
                parts BIGINT NOT NULL,
                wanted BIGINT NOT NULL,
                expires BIGINT NOT NULL,
                PRIMARY KEY (tenant, limit_key, holder));
            """),
    ];
}
