using Cairn.Storage;

namespace Cairn.Identity;

internal sealed class SignInLinks(IDatabase database, IAccess access, IdentityLog log, IIdentifiers identifiers) : ISignInLinks
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    public Task<SignInLink> CreateAsync(Principal caller, string user, CancellationToken cancellationToken)
    {
        if (!access.May(caller, Right.ManagePeople))
            throw new CairnException(ErrorKind.NotPermitted, "link.not-permitted", "Only the owner invites people.",
                "Ask the workspace's owner.");
        return database.WriteAsync(Durability.Full, async session =>
        {
            if (await PeopleStore.FindUserAsync(session, caller.Tenant, user) is null)
                throw People.Unknown(user);
            await log.RecordAsync(session, caller.Tenant, caller.User ?? "", "link.create", Subject.ForUser(user));
            return await AddAsync(session, caller.Tenant, user);
        }, cancellationToken);
    }

    /// <summary>Within a change that is under way: a new link that replaces the user's unused ones.</summary>
    public async Task<SignInLink> AddAsync(WriteSession session, string tenant, string user)
    {
        var secret = Secret.New(identifiers, out var text);
        var expires = log.Now + (long)Lifetime.TotalMilliseconds;
        await CredentialStore.DropUnusedLinksAsync(session, tenant, user);
        await CredentialStore.AddLinkAsync(session, secret, tenant, user, log.Now, expires);
        return new SignInLink(user, text, DateTimeOffset.FromUnixTimeMilliseconds(expires));
    }

    public async Task<string?> PeekAsync(string token, CancellationToken cancellationToken)
    {
        if (Secret.Parse(token) is not { } secret)
            return null;
        var row = await database.ReadAsync(session => CredentialStore.FindLinkAsync(session, secret.Id), cancellationToken);
        return row is not null && secret.Matches(row.Hash) && row.Ended is null && row.Expires > log.Now ? row.UserName : null;
    }

    public async Task<NewSession> RedeemAsync(string token, CancellationToken cancellationToken)
    {
        var secret = Secret.Parse(token) ?? throw Unknown();
        return await database.WriteAsync(Durability.Full, async session =>
        {
            var now = log.Now;
            var link = await CredentialStore.FindLinkAsync(session, secret.Id);
            if (link is null || !secret.Matches(link.Hash) || await PeopleStore.FindUserAsync(session, link.Tenant, link.UserName) is null)
                throw Unknown();
            if (link.Expires <= now)
                throw Refused("link.expired", "This sign-in link has expired.");
            if (link.Ended is not null || !await CredentialStore.UseLinkAsync(session, link.Id, now))
                throw Refused("link.used", "This sign-in link was used already; it works once.");
            var opened = Secret.New(identifiers, out var text);
            await Sessions.DropEndedAsync(session, link.Tenant, now);
            await CredentialStore.AddSessionAsync(session, opened, link.Tenant, link.UserName, now);
            await PeopleStore.SignedInAsync(session, link.Tenant, link.UserName, now);
            await log.RecordAsync(session, link.Tenant, link.UserName, "sign-in", Subject.ForUser(link.UserName), link.Id);
            return new NewSession(link.UserName, text, Sessions.LongestUntil(now));
        }, cancellationToken);
    }

    private static CairnException Unknown()
        => Refused("link.unknown", "This is no sign-in link of this workspace, or a newer one has replaced it.");

    private static CairnException Refused(string code, string message)
        => new(ErrorKind.NotPermitted, code, message, "Ask the workspace's owner for a new one (cairn user link NAME).");
}
