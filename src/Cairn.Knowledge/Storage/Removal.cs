using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>A person hides a document, or brings it back. Ingestion leaves hidden ones alone.</summary>
internal static class Removal
{
    public static async Task RemoveAsync(WriteSession session, AccessSets sets, Principal caller, string document, long now)
    {
        var changed = await session.ExecuteAsync(
            """
            UPDATE document SET removed = COALESCE(removed, @now), removed_by = @by, live = 0, job = NULL
            WHERE tenant = @Tenant AND id = @document AND removed_by IS NULL
            """,
            new { caller.Tenant, document, now, by = caller.User ?? "" });
        if (changed > 0)
            await AnnounceAsync(session, sets, caller.Tenant, document);
    }

    public static async Task RestoreAsync(WriteSession session, AccessSets sets, string tenant, string document)
    {
        var row = await DocumentList.FindAsync(session, tenant, document);
        if (row?.Removed is null)
            return;
        var taken = await session.FindAsync<string>(
            "SELECT id FROM document WHERE tenant = @tenant AND source = @Source AND path = @Path AND removed IS NULL",
            new { tenant, row.Source, row.Path });
        if (taken is not null)
            throw DocumentErrors.PathTaken(document, row.Path);
        var source = await SourceStore.FindAsync(session, tenant, row.Source);
        await session.ExecuteAsync(
            "UPDATE document SET removed = NULL, removed_by = NULL, live = @live, job = NULL WHERE tenant = @tenant AND id = @document",
            new { tenant, document, live = row.Version > 0 && source is { Retired: false } ? 1 : 0 });
        await AnnounceAsync(session, sets, tenant, document);
    }

    /// <summary>What a document supersedes stands again when it goes.</summary>
    private static async Task AnnounceAsync(WriteSession session, AccessSets sets, string tenant, string document)
    {
        session.Announce(tenant, IPassageStore.Topic, document);
        var row = await DocumentList.FindAsync(session, tenant, document);
        await Superseding.ApplyAsync(session, sets, tenant, row!.Source);
    }
}
