using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>The distinct access sets: few rows that never change, so what was read once is kept.</summary>
internal sealed class AccessSets(IAccess access)
{
    private readonly ConcurrentDictionary<(string Tenant, long Id), AccessSet> _known = new();

    private sealed class Row
    {
        public long Id { get; init; }

        public string Canonical { get; init; } = "";
    }

    public static async Task<long> IdOfAsync(WriteSession session, string tenant, AccessSet set)
    {
        const string Find = "SELECT id FROM access_set WHERE tenant = @tenant AND canonical = @canonical";
        var parameters = new { tenant, canonical = set.Key };
        if (await session.FindAsync<long?>(Find, parameters) is { } id)
            return id;
        await session.ExecuteAsync("INSERT INTO access_set (tenant, canonical) VALUES (@tenant, @canonical) ON CONFLICT DO NOTHING",
            parameters);
        return await session.GetAsync<long>(Find, parameters);
    }

    public async Task<AccessSet> GetAsync(Session session, string tenant, long id)
    {
        if (!_known.TryGetValue((tenant, id), out var set))
        {
            set = AccessSet.Parse(await session.GetAsync<string>("SELECT canonical FROM access_set WHERE tenant = @tenant AND id = @id",
                new { tenant, id }));
            // A write session may see a number that its rollback gives to another set.
            if (session is not WriteSession)
                _known.TryAdd((tenant, id), set);
        }
        return set;
    }

    /// <summary>Numbers of the sets that the caller may read.</summary>
    public async Task<ImmutableArray<long>> VisibleAsync(Session session, Principal caller)
    {
        var rows = await session.QueryAsync<Row>("SELECT id, canonical FROM access_set WHERE tenant = @Tenant", new { caller.Tenant });
        return [.. rows.Where(r => access.MayRead(caller, AccessSet.Parse(r.Canonical))).Select(r => r.Id)];
    }

    /// <summary>One list as text, and back; a null stays null.</summary>
    public static string? Text(AccessList? list) => list is null ? null : new AccessSet { Layers = [list] }.Key;

    public static AccessList? List(string? text) => text is null ? null : AccessSet.Parse(text).Layers[0];
}
