using Cairn.Storage;

namespace Cairn.Identity;

internal sealed class Sessions(IDatabase database, IAccess access, IdentityLog log) : ISessions
{
    private const long Day = 86_400_000;
    private const long Idle = 14 * Day;
    private const long Longest = 90 * Day;
    private const long UseIsRecordedEvery = 300_000;

    public static DateTimeOffset LongestUntil(long now) => DateTimeOffset.FromUnixTimeMilliseconds(now + Longest);

    public static Task DropEndedAsync(WriteSession session, string tenant, long now)
        => CredentialStore.DropSessionsBeforeAsync(session, tenant, now - Longest, now - Idle);

    public async Task<Principal?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not { } row)
            return null;
        var now = log.Now;
        var seen = row.Seen ?? row.Created;
        if (now - row.Created >= Longest || now - seen >= Idle)
            return null;
        if (now - seen >= UseIsRecordedEvery)
        {
            await database.WriteAsync(Durability.Derived, async session =>
            {
                await CredentialStore.SeenSessionAsync(session, row.Id, now);
                return true;
            }, cancellationToken);
        }
        return await access.ResolveAsync(row.Tenant, row.UserName, cancellationToken);
    }

    public async Task EndAsync(string token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not { } row)
            return;
        await database.WriteAsync(Durability.Full, async session =>
        {
            await CredentialStore.EndSessionAsync(session, row.Id);
            await log.RecordAsync(session, row.Tenant, row.UserName, "sign-out", Subject.ForUser(row.UserName));
            return true;
        }, cancellationToken);
    }

    private async Task<CredentialRow?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (Secret.Parse(token) is not { } secret)
            return null;
        var row = await database.ReadAsync(session => CredentialStore.FindSessionAsync(session, secret.Id), cancellationToken);
        return row is not null && secret.Matches(row.Hash) ? row : null;
    }
}
