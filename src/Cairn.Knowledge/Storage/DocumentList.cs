using System.Collections.Immutable;
using System.Text;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Lists and counts of documents within the access sets that a caller sees.</summary>
internal static class DocumentList
{
    /// <summary>Documents of sources that are still there. Unreadable ones without a version are for callers who may ingest.</summary>
    private const string Visible = """
        FROM document d JOIN source s ON s.tenant = d.tenant AND s.name = d.source AND s.retired = 0
        WHERE d.tenant = @tenant AND d.access_id IN @sets AND (d.version > 0 OR @mayIngest = 1)
        """;

    internal sealed record SourceCount(string Source, int Documents, long Passages, int Failed);

    public static async Task<Dictionary<string, SourceCount>> CountsAsync(Session session, Principal caller, ImmutableArray<long> sets)
    {
        var rows = await session.QueryAsync<SourceCount>(
            """
            SELECT source, sum(live) AS documents, sum(CASE WHEN live = 1 THEN passages ELSE 0 END) AS passages,
                sum(CASE WHEN failure IS NULL THEN 0 ELSE 1 END) AS failed
            FROM document WHERE tenant = @tenant AND removed IS NULL AND access_id IN @sets GROUP BY source
            """,
            new { tenant = caller.Tenant, sets = sets.ToArray() });
        return rows.ToDictionary(r => r.Source);
    }

    public static async Task<(IReadOnlyList<DocumentRow> Rows, int Total)> PageAsync(
        Session session, Principal caller, DocumentFilter filter, ImmutableArray<long> sets, bool mayIngest)
    {
        var condition = Condition(filter, mayIngest);
        var parameters = new
        {
            tenant = caller.Tenant,
            sets = sets.ToArray(),
            mayIngest = mayIngest ? 1 : 0,
            filter.Source,
            text = filter.Text is null ? null : "%" + Escape(filter.Text.ToLowerInvariant()) + "%",
            take = Math.Clamp(filter.Take, 1, 200),
            skip = Math.Max(filter.Skip, 0),
        };
        var total = await session.GetAsync<int>($"SELECT count(*) {Visible} {condition}", parameters);
        var columns = string.Join(", ", DocumentRow.Columns.Split(',').Select(c => "d." + c.Trim()));
        var rows = await session.QueryAsync<DocumentRow>(
            $"SELECT {columns} {Visible} {condition} ORDER BY d.source, d.path, d.id LIMIT @take OFFSET @skip", parameters);
        return (rows, total);
    }

    public static Task<DocumentRow?> FindAsync(Session session, string tenant, string document)
        => session.FindAsync<DocumentRow>($"SELECT {DocumentRow.Columns} FROM document WHERE tenant = @tenant AND id = @document",
            new { tenant, document });

    private static string Condition(DocumentFilter filter, bool mayIngest)
    {
        var condition = new StringBuilder(filter.Status switch
        {
            DocumentStatus.Removed => mayIngest ? "AND d.removed IS NOT NULL" : "AND 1 = 0",
            DocumentStatus.Failed => mayIngest ? "AND d.removed IS NULL AND d.failure IS NOT NULL" : "AND 1 = 0",
            DocumentStatus.Ready => mayIngest ? "AND d.removed IS NULL AND d.failure IS NULL" : "AND d.removed IS NULL",
            _ => "AND d.removed IS NULL",
        });
        if (filter.Source is not null)
            condition.Append(" AND d.source = @Source");
        if (filter.Text is not null)
            condition.Append(@" AND (lower(d.title) LIKE @text ESCAPE '\' OR lower(d.path) LIKE @text ESCAPE '\')");
        return condition.ToString();
    }

    private static string Escape(string text)
        => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
