using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Rows of <c>source</c>.</summary>
internal static class SourceStore
{
    private sealed class Row
    {
        public string Name { get; init; } = "";

        public int Retired { get; init; }

        public string Definition { get; init; } = "";

        public long? LastIngested { get; init; }
    }

    private const string Columns = "name, retired, definition, last_ingested";

    public static async Task<StoredSource?> FindAsync(Session session, string tenant, string name)
    {
        var row = await session.FindAsync<Row>($"SELECT {Columns} FROM source WHERE tenant = @tenant AND name = @name",
            new { tenant, name });
        return row is null ? null : Stored(row);
    }

    public static async Task<IReadOnlyList<StoredSource>> ListAsync(Session session, string tenant)
    {
        var rows = await session.QueryAsync<Row>($"SELECT {Columns} FROM source WHERE tenant = @tenant ORDER BY name", new { tenant });
        return [.. rows.Select(Stored)];
    }

    public static Task SaveAsync(WriteSession session, string tenant, SourceDefinition source, bool retired)
        => session.ExecuteAsync(
            """
            INSERT INTO source (tenant, name, declared, retired, definition) VALUES (@tenant, @Name, @declared, @retired, @definition)
            ON CONFLICT (tenant, name) DO UPDATE SET declared = excluded.declared, retired = excluded.retired, definition = excluded.definition
            """,
            new
            {
                tenant,
                source.Name,
                declared = source.Declared ? 1 : 0,
                retired = retired ? 1 : 0,
                definition = JsonSerializer.Serialize(source, KnowledgeJson.Default.SourceDefinition),
            });

    public static Task IngestedAsync(WriteSession session, string tenant, string name, long at)
        => session.ExecuteAsync("UPDATE source SET last_ingested = @at WHERE tenant = @tenant AND name = @name", new { tenant, name, at });

    private static StoredSource Stored(Row row) => new(
        JsonSerializer.Deserialize(row.Definition, KnowledgeJson.Default.SourceDefinition)!,
        row.Retired != 0,
        row.LastIngested is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
}
