using Cairn.Storage;

namespace Cairn.Identity;

internal sealed class Subjects(IDatabase database) : ISubjects
{
    private static readonly string[] RolesHere = [Roles.Owner, Roles.Builder, Roles.Member];

    public async Task<IReadOnlyList<string>> WarningsAsync(
        string tenant, IReadOnlyList<string> subjects, CancellationToken cancellationToken)
    {
        var named = subjects.Where(s => s.Contains(':', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        if (named.Count == 0)
            return [];
        return await database.ReadAsync(async session =>
        {
            var groups = await PeopleStore.GroupsAsync(session, tenant);
            var users = (await PeopleStore.UsersAsync(session, tenant)).Select(u => u.Name).ToHashSet(StringComparer.Ordinal);
            return (IReadOnlyList<string>)[.. named.Select(s => Warning(s, groups, users)).OfType<string>()];
        }, cancellationToken);
    }

    private static string? Warning(string subject, IReadOnlyList<string> groups, HashSet<string> users)
    {
        var colon = subject.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = (subject[..colon], subject[(colon + 1)..]);
        return kind switch
        {
            "group" when !groups.Contains(name) => $"There is no group {name} yet, so {subject} lets nobody in; whoever joins a group of "
                + "that name later will read these documents. "
                + $"{(groups.Count == 0 ? "No group exists yet." : $"Groups: {string.Join(", ", groups)}.")}",
            "user" when !users.Contains(name) => $"There is no user {name} yet, so {subject} lets nobody in; a user added by that "
                + "name later will read these documents.",
            "role" when !RolesHere.Contains(name) =>
                $"There is no role {name}, so {subject} lets nobody in. Roles: {string.Join(", ", RolesHere)}.",
            _ => null,
        };
    }
}
