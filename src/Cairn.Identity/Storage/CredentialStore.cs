using Cairn.Storage;

namespace Cairn.Identity;

/// <summary>Keys, links and sessions in the database, found by identifier; the hash is compared in constant time by the caller.</summary>
internal static class CredentialStore
{
    public static Task AddKeyAsync(WriteSession session, Secret secret, string tenant, string user, long now)
        => session.ExecuteAsync("INSERT INTO api_keys (id, tenant, user_name, hash, created) VALUES (@Id, @tenant, @user, @Hash, @now)",
            new { secret.Id, tenant, user, secret.Hash, now });

    public static Task<CredentialRow?> FindKeyAsync(Session session, string id)
        => session.FindAsync<CredentialRow>(
            "SELECT id, tenant, user_name AS UserName, hash, created, last_used AS Seen, revoked AS Ended FROM api_keys WHERE id = @id",
            new { id });

    public static Task<IReadOnlyList<CredentialRow>> KeysAsync(Session session, string tenant)
        => session.QueryAsync<CredentialRow>("""
            SELECT id, tenant, user_name AS UserName, hash, created, last_used AS Seen, revoked AS Ended
            FROM api_keys WHERE tenant = @tenant AND revoked IS NULL ORDER BY id
            """, new { tenant });

    public static Task UsedKeyAsync(WriteSession session, string id, long now)
        => session.ExecuteAsync("UPDATE api_keys SET last_used = @now WHERE id = @id", new { id, now });

    public static Task RevokeKeyAsync(WriteSession session, string id, long now)
        => session.ExecuteAsync("UPDATE api_keys SET revoked = @now WHERE id = @id", new { id, now });

    public static Task AddLinkAsync(WriteSession session, Secret secret, string tenant, string user, long now, long expires)
        => session.ExecuteAsync("""
            INSERT INTO sign_in_links (id, tenant, user_name, hash, created, expires) VALUES (@Id, @tenant, @user, @Hash, @now, @expires)
            """, new { secret.Id, tenant, user, secret.Hash, now, expires });

    public static Task<CredentialRow?> FindLinkAsync(Session session, string id)
        => session.FindAsync<CredentialRow>(
            "SELECT id, tenant, user_name AS UserName, hash, created, expires, used AS Ended FROM sign_in_links WHERE id = @id",
            new { id });

    /// <returns>False when somebody else used it first.</returns>
    public static async Task<bool> UseLinkAsync(WriteSession session, string id, long now)
        => await session.ExecuteAsync("UPDATE sign_in_links SET used = @now WHERE id = @id AND used IS NULL", new { id, now }) == 1;

    public static Task DropUnusedLinksAsync(WriteSession session, string tenant, string user)
        => session.ExecuteAsync("DELETE FROM sign_in_links WHERE tenant = @tenant AND user_name = @user AND used IS NULL",
            new { tenant, user });

    public static Task AddSessionAsync(WriteSession session, Secret secret, string tenant, string user, long now)
        => session.ExecuteAsync(
            "INSERT INTO sessions (id, tenant, user_name, hash, created, seen) VALUES (@Id, @tenant, @user, @Hash, @now, @now)",
            new { secret.Id, tenant, user, secret.Hash, now });

    public static Task<CredentialRow?> FindSessionAsync(Session session, string id)
        => session.FindAsync<CredentialRow>("SELECT id, tenant, user_name AS UserName, hash, created, seen FROM sessions WHERE id = @id",
            new { id });

    public static Task SeenSessionAsync(WriteSession session, string id, long now)
        => session.ExecuteAsync("UPDATE sessions SET seen = @now WHERE id = @id", new { id, now });

    public static Task EndSessionAsync(WriteSession session, string id)
        => session.ExecuteAsync("DELETE FROM sessions WHERE id = @id", new { id });

    public static Task DropSessionsBeforeAsync(WriteSession session, string tenant, long created, long seen)
        => session.ExecuteAsync("DELETE FROM sessions WHERE tenant = @tenant AND (created < @created OR seen < @seen)",
            new { tenant, created, seen });

    /// <summary>Ends everything by which somebody could still be this user.</summary>
    public static async Task EndAllAsync(WriteSession session, string tenant, string user, long now)
    {
        await session.ExecuteAsync("DELETE FROM sessions WHERE tenant = @tenant AND user_name = @user", new { tenant, user });
        await session.ExecuteAsync("UPDATE api_keys SET revoked = @now WHERE tenant = @tenant AND user_name = @user AND revoked IS NULL",
            new { tenant, user, now });
        await DropUnusedLinksAsync(session, tenant, user);
    }
}
