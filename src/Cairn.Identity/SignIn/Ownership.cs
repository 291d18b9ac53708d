using Cairn.Storage;

namespace Cairn.Identity;

internal sealed class Ownership(IDatabase database, IdentityLog log, SignInLinks links) : IOwnership
{
    private const string Name = "owner";

    public async Task<SignInLink?> EnsureOwnerAsync(string tenant, bool link, CancellationToken cancellationToken)
    {
        var owners = await database.ReadAsync(session => OwnersAsync(session, tenant), cancellationToken);
        if (owners.Count > 0 && (!link || owners.Any(o => o.SignedIn is not null)))
            return null;
        return await database.WriteAsync(Durability.Full, async session =>
        {
            await PeopleStore.BumpAsync(session, tenant);
            owners = await OwnersAsync(session, tenant);
            if (owners.Count == 0)
            {
                await PeopleStore.SaveUserAsync(session, tenant, Name, Name.ToUpperInvariant(), Roles.Owner, log.Now);
                await log.RecordAsync(session, tenant, "", "workspace.first-start", Subject.ForUser(Name));
            }
            return link ? await links.AddAsync(session, tenant, owners.Count == 0 ? Name : owners[0].Name) : null;
        }, cancellationToken);
    }

    private static async Task<IReadOnlyList<UserRow>> OwnersAsync(Session session, string tenant)
        => [.. (await PeopleStore.UsersAsync(session, tenant)).Where(u => u.RoleNames.Contains(Roles.Owner))];
}
