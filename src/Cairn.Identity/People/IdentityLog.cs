using Cairn.Storage;

namespace Cairn.Identity;

/// <summary>Opens a change of a tenant's people: takes the version, so that readers see it, and puts on record who did what.</summary>
internal sealed class IdentityLog(TimeProvider time, IIdentifiers identifiers)
{
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task ChangeAsync(WriteSession session, Principal caller, string action, string subject, string detail = "")
    {
        await PeopleStore.BumpAsync(session, caller.Tenant);
        await RecordAsync(session, caller.Tenant, caller.User ?? "", action, subject, detail);
    }

    public Task RecordAsync(WriteSession session, string tenant, string actor, string action, string subject, string detail = "")
        => PeopleStore.RecordAsync(session, identifiers.New(), tenant, Now, actor, action, subject, detail);
}
