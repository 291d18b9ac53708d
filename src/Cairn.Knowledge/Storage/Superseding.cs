using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>
/// Marks documents that a newer one of the same source says it takes the place of, by path, file name or title. A mark that would tell
/// somebody of a document they may not see is not made: whoever may read the older one must be sure to read the newer.
/// </summary>
internal static class Superseding
{
    public static async Task ApplyAsync(WriteSession session, AccessSets sets, string tenant, string source)
    {
        var involved = await session.QueryAsync<DocumentRow>(
            $"""
            SELECT {DocumentRow.Columns} FROM document
            WHERE tenant = @tenant AND source = @source AND (supersedes IS NOT NULL OR superseded_by IS NOT NULL) ORDER BY changed, path
            """,
            new { tenant, source });
        var newer = new Dictionary<string, string?>();
        foreach (var marked in involved.Where(d => d.SupersededBy is not null))
            newer[marked.Id] = null;
        foreach (var document in involved.Where(d => d.Supersedes is not null && d.Live != 0))
        {
            var access = await sets.GetAsync(session, tenant, document.AccessId);
            foreach (var older in await NamedAsync(session, tenant, document))
            {
                if (older.Id != document.Id
                    && (older.AccessId == document.AccessId || Covers(access, await sets.GetAsync(session, tenant, older.AccessId))))
                    newer[older.Id] = document.Id;
            }
        }
        var before = involved.ToDictionary(d => d.Id, d => d.SupersededBy);
        foreach (var (id, by) in newer.Where(n => before.GetValueOrDefault(n.Key) != n.Value))
        {
            await session.ExecuteAsync("UPDATE document SET superseded_by = @by WHERE tenant = @tenant AND id = @id",
                new { tenant, id, by });
            session.Announce(tenant, IPassageStore.Topic, id);
        }
    }

    /// <summary>By path if one has it (from the document's own folder, else from the source's), else by file name, else by title.</summary>
    private static async Task<IReadOnlyList<DocumentRow>> NamedAsync(WriteSession session, string tenant, DocumentRow document)
    {
        var name = document.Supersedes!.Replace('\\', '/');
        name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        var folder = document.Path[..(document.Path.LastIndexOf('/') + 1)];
        foreach (var (condition, value) in new[]
        {
            ("path = @value", folder + name), ("path = @value", name), ("file_name = @value", name),
            ("lower(title) = lower(@value)", document.Supersedes),
        })
        {
            var rows = await session.QueryAsync<DocumentRow>(
                $"SELECT {DocumentRow.Columns} FROM document WHERE tenant = @tenant AND source = @Source AND removed IS NULL AND version > 0 AND {condition}",
                new { tenant, document.Source, value });
            if (rows.Any(r => r.Id != document.Id))
                return rows;
        }
        return [];
    }

    /// <summary>
    /// True when everybody who passes <paramref name="older"/> surely passes <paramref name="newer"/>, whoever is in which group.
    /// </summary>
    internal static bool Covers(AccessSet newer, AccessSet older)
        => older == AccessSet.OwnerOnly || newer.Layers.All(outer => older.Layers.Any(inner =>
            outer.Deny.All(inner.Deny.Contains)
            && (outer.Allow.Contains(Subject.Public)
                || inner.Allow.All(outer.Allow.Contains)
                || (outer.Allow.Contains(Subject.Everyone) && !inner.Allow.Contains(Subject.Public)))));
}
