using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>What an ingestion reads and changes of <c>document</c> beside the files themselves.</summary>
internal static class DocumentTable
{
    private const int PageSize = 500;

    private sealed class OutcomeCount
    {
        public Outcome Outcome { get; init; }

        public int Documents { get; init; }

        public long Passages { get; init; }
    }

    private sealed class FailureRow
    {
        public string Path { get; init; } = "";

        public string Failure { get; init; } = "";
    }

    public static Task<IReadOnlyList<DocumentRow>> AtAsync(Session session, string tenant, string source, string[] paths)
        => AmongAsync(session, tenant, source, paths, "removed IS NULL");

    /// <summary>Every document that stands or stood at the path, removed ones included.</summary>
    public static Task<IReadOnlyList<DocumentRow>> EverAtAsync(Session session, string tenant, string source, string path)
        => session.QueryAsync<DocumentRow>(
            $"SELECT {DocumentRow.Columns} FROM document WHERE tenant = @tenant AND source = @source AND path = @path",
            new { tenant, source, path });

    public static async Task<bool> AnyAsync(Session session, string tenant, string source)
        => await session.FindAsync<int>("SELECT 1 FROM document WHERE tenant = @tenant AND source = @source AND version > 0 LIMIT 1",
            new { tenant, source }) == 1;

    /// <summary>Documents that were at these paths and were removed, the latest removed first.</summary>
    public static Task<IReadOnlyList<DocumentRow>> GoneFromAsync(Session session, string tenant, string source, string[] paths)
        => AmongAsync(session, tenant, source, paths, "removed IS NOT NULL ORDER BY removed DESC, id DESC");

    /// <summary>Documents that came from files with these bytes and may have moved, by path.</summary>
    public static async Task<IEnumerable<DocumentRow>> WithHashAsync(Session session, string tenant, string source, string hash)
    {
        // Sorted here: an ORDER BY path makes SQLite walk all paths of the source instead of looking the hash up.
        var rows = await session.QueryAsync<DocumentRow>(
            $"""
            SELECT {DocumentRow.Columns} FROM document
            WHERE tenant = @tenant AND source = @source AND hash = @hash AND removed IS NULL AND uploaded = 0 AND failure IS NULL
            """,
            new { tenant, source, hash });
        return rows.OrderBy(r => r.Path, StringComparer.Ordinal);
    }

    /// <summary>The next page of a source's documents that came from files, by identifier.</summary>
    public static Task<IReadOnlyList<StandingDocument>> FromFilesAsync(Session session, string tenant, string source, string after)
        => session.QueryAsync<StandingDocument>(
            $"""
            SELECT id, path, version FROM document
            WHERE tenant = @tenant AND source = @source AND removed IS NULL AND uploaded = 0 AND id > @after ORDER BY id LIMIT {PageSize}
            """,
            new { tenant, source, after });

    /// <summary>Forgets documents whose files are gone; what was never readable leaves nothing behind.</summary>
    public static async Task RemoveAsync(WriteSession session, string tenant, IEnumerable<StandingDocument> documents, string job, long now)
    {
        foreach (var row in documents)
        {
            if (row.Version == 0)
                await session.ExecuteAsync("DELETE FROM document WHERE tenant = @tenant AND id = @Id AND version = 0",
                    new { tenant, row.Id });
            else
                await session.ExecuteAsync(
                    """
                    UPDATE document SET removed = @now, live = 0, superseded_by = NULL, failure = NULL, failed_hash = NULL, job = @job, outcome = @outcome
                    WHERE tenant = @tenant AND id = @Id AND removed IS NULL
                    """,
                    new { tenant, row.Id, now, job, outcome = Outcome.Removed });
            session.Announce(tenant, IPassageStore.Topic, row.Id);
        }
    }

    /// <summary>Gives every document of the source the access that the rules say now, and shows or hides them all.</summary>
    public static async Task ApplyRulesAsync(WriteSession session, string tenant, SourceDefinition source, bool retired)
    {
        var rules = new AccessRules(source.Access);
        var ids = new Dictionary<string, long>();
        for (var after = ""; ;)
        {
            var rows = await session.QueryAsync<DocumentRow>(
                $"SELECT {DocumentRow.Columns} FROM document WHERE tenant = @tenant AND source = @Name AND id > @after ORDER BY id LIMIT {PageSize}",
                new { tenant, source.Name, after });
            foreach (var row in rows)
            {
                var set = rules.Of(row.Path, AccessSets.List(row.GivenAccess), AccessSets.List(row.OwnAccess));
                if (!ids.TryGetValue(set.Key, out var access))
                    ids[set.Key] = access = await AccessSets.IdOfAsync(session, tenant, set);
                var live = row.Version > 0 && row.Removed is null && !retired ? 1 : 0;
                if (access == row.AccessId && live == row.Live)
                    continue;
                await session.ExecuteAsync(
                    "UPDATE document SET access_id = @access, live = @live WHERE tenant = @tenant AND id = @Id",
                    new { tenant, row.Id, access, live });
                session.Announce(tenant, IPassageStore.Topic, row.Id);
            }
            if (rows.Count < PageSize)
                return;
            after = rows[^1].Id;
        }
    }

    /// <summary>The counts of a job from what its attempts left in the rows, so a crash in between loses none.</summary>
    public static async Task<(IngestCounts Counts, int Passages)> CountAsync(Session session, string tenant, string job)
    {
        var rows = await session.QueryAsync<OutcomeCount>(
            "SELECT outcome, count(*) AS Documents, sum(passages) AS Passages FROM document WHERE tenant = @tenant AND job = @job GROUP BY outcome",
            new { tenant, job });
        return (
            new IngestCounts(Of(Outcome.Added), Of(Outcome.Updated), 0, Of(Outcome.Removed), Of(Outcome.Failed)),
            (int)rows.Where(r => r.Outcome is Outcome.Added or Outcome.Updated).Sum(r => r.Passages));

        int Of(Outcome outcome) => rows.FirstOrDefault(r => r.Outcome == outcome)?.Documents ?? 0;
    }

    public static async Task<IEnumerable<IngestFailure>> FailuresAsync(Session session, string tenant, string job)
    {
        var rows = await session.QueryAsync<FailureRow>(
            "SELECT path, failure FROM document WHERE tenant = @tenant AND job = @job AND outcome = @outcome ORDER BY path",
            new { tenant, job, outcome = Outcome.Failed });
        return rows.Select(r => new IngestFailure(r.Path, r.Failure));
    }

    /// <summary>SQLite looks each named parameter up among all others, so hundreds of paths come as one.</summary>
    private static Task<IReadOnlyList<DocumentRow>> AmongAsync(Session session, string tenant, string source, string[] paths, string rest)
    {
        const string Select = $"SELECT {DocumentRow.Columns} FROM document WHERE tenant = @tenant AND source = @source AND path IN";
        return session.Engine == DatabaseEngine.PostgreSql
            ? session.QueryAsync<DocumentRow>($"{Select} @paths AND {rest}", new { tenant, source, paths })
            : session.QueryAsync<DocumentRow>(
                $"{Select} (SELECT value FROM json_each(@paths)) AND {rest}",
                new { tenant, source, paths = JsonSerializer.Serialize([.. paths], KnowledgeJson.Default.ImmutableArrayString) });
    }
}
