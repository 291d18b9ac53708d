using System.Collections.Concurrent;
using Cairn.Storage;

namespace Cairn.Identity;

internal sealed class Keys(IDatabase database, IAccess access, IdentityLog log, IIdentifiers identifiers) : IKeys
{
    /// <summary>Lets people and secret scanners recognise a key.</summary>
    internal const string Mark = "cairn_";

    private const long UseIsRecordedEvery = 60_000;
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, KnownKey> _known = new(StringComparer.Ordinal);

    public Task<NewApiKey> CreateAsync(Principal caller, string user, CancellationToken cancellationToken)
    {
        if (user != caller.User)
            Demand(caller);
        var secret = Secret.New(identifiers, out var text);
        return database.WriteAsync(Durability.Full, async session =>
        {
            await log.RecordAsync(session, caller.Tenant, caller.User ?? "", "key.create", Subject.ForUser(user), secret.Id);
            if (await PeopleStore.FindUserAsync(session, caller.Tenant, user) is null)
                throw People.Unknown(user);
            await CredentialStore.AddKeyAsync(session, secret, caller.Tenant, user, log.Now);
            return new NewApiKey(secret.Id, Mark + text, user);
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(Principal caller, CancellationToken cancellationToken)
    {
        var all = access.May(caller, Right.ManagePeople);
        var rows = await database.ReadAsync(session => CredentialStore.KeysAsync(session, caller.Tenant), cancellationToken);
        return
        [
            .. rows.Where(r => all || r.UserName == caller.User).Select(r => new ApiKey
            {
                Id = r.Id,
                User = r.UserName,
                Prefix = Mark + r.Id,
                Created = DateTimeOffset.FromUnixTimeMilliseconds(r.Created),
                LastUsed = r.Seen is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            }),
        ];
    }

    public Task RevokeAsync(Principal caller, string id, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            var key = await CredentialStore.FindKeyAsync(session, id);
            if (key is null || key.Ended is not null || key.Tenant != caller.Tenant
                || !(key.UserName == caller.User || access.May(caller, Right.ManagePeople)))
                throw new CairnException(ErrorKind.NotFound, "key.unknown", $"There is no key {id}.",
                    "See which there are: cairn key list");
            await log.RecordAsync(session, caller.Tenant, caller.User ?? "", "key.revoke", Subject.ForUser(key.UserName), id);
            await CredentialStore.RevokeKeyAsync(session, id, log.Now);
            return true;
        }, cancellationToken);

    public ValueTask<Principal?> AuthenticateAsync(string key, CancellationToken cancellationToken)
    {
        if (!key.StartsWith(Mark, StringComparison.Ordinal) || Secret.Parse(key.AsSpan(Mark.Length)) is not { } secret)
            return new((Principal?)null);
        var writes = database.WriteCount;
        // What a key means holds until anything is written; then it is read again.
        return writes is not null && _known.TryGetValue(secret.Id, out var known) && known.Writes == writes
            && log.Now - known.Seen < UseIsRecordedEvery
            ? new(secret.Matches(known.Hash) ? known.Holder : null)
            : new(ReadAsync(secret, writes, cancellationToken));
    }

    private async Task<Principal?> ReadAsync(Secret secret, long? writes, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(session => CredentialStore.FindKeyAsync(session, secret.Id), cancellationToken);
        if (row is null || !secret.Matches(row.Hash) || row.Ended is not null)
            return null;
        var (now, seen) = (log.Now, row.Seen);
        if (seen is null || now - seen >= UseIsRecordedEvery)
        {
            seen = now;
            await database.WriteAsync(Durability.Derived, async session =>
            {
                await CredentialStore.UsedKeyAsync(session, row.Id, now);
                return true;
            }, cancellationToken);
        }
        var holder = await access.ResolveAsync(row.Tenant, row.UserName, cancellationToken);
        if (writes is { } count && holder is not null)
            Remember(row.Id, new(row.Hash, holder, count, seen.Value));
        return holder;
    }

    private void Remember(string id, KnownKey known)
    {
        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[id] = known;
    }

    /// <param name="Writes">The database's count before it was read.</param>
    /// <param name="Seen">The use on record, in milliseconds since 1970; the key is read again when the next one is due.</param>
    private sealed record KnownKey(string Hash, Principal Holder, long Writes, long Seen);

    private void Demand(Principal caller)
    {
        if (!access.May(caller, Right.ManagePeople))
            throw new CairnException(ErrorKind.NotPermitted, "key.not-permitted", "You can make keys for yourself only.",
                "Leave the user out, or ask the workspace's owner.");
    }
}
