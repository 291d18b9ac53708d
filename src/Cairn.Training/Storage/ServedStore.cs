using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Training;

/// <summary>What versions of models served, by hour.</summary>
internal sealed class ServedStore(IDatabase database)
{
    private const string Find =
        "SELECT counts FROM served_predictions WHERE tenant = @tenant AND model = @model AND version = @version AND hour = @hour";

    private const string Put =
        """
        INSERT INTO served_predictions (tenant, model, version, hour, counts) VALUES (@tenant, @model, @version, @hour, @counts)
        ON CONFLICT (tenant, model, version, hour) DO UPDATE SET counts = @counts
        """;

    public Task AddAsync(
        IReadOnlyCollection<(ServedKey Key, ServedCounts Counts)> served,
        CancellationToken cancellationToken) => database.WriteAsync(Durability.Derived, async session =>
    {
        foreach (var (key, counts) in served)
        {
            var (tenant, model, version, hour) = key;
            var before = await session.FindAsync<string>(Find, new { tenant, model, version, hour });
            var sum = before is null ? counts : Read(before).Plus(counts);
            await session.ExecuteAsync(Put,
                new { tenant, model, version, hour, counts = JsonSerializer.Serialize(sum, TrainingJson.Default.ServedCounts) });
        }
    }, cancellationToken);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Hour, ServedCounts Counts)>> ReadAsync(
        string tenant, string model, int version, DateTimeOffset since, CancellationToken cancellationToken)
        => [.. (await database.ReadAsync(session => session.QueryAsync<ServedRow>(
            "SELECT hour, counts FROM served_predictions WHERE tenant = @tenant AND model = @model AND version = @version AND hour >= @since ORDER BY hour",
            new { tenant, model, version, since }), cancellationToken)).Select(r => (r.Hour, Read(r.Counts)))];

    private static ServedCounts Read(string counts) => JsonSerializer.Deserialize(counts, TrainingJson.Default.ServedCounts)!;

    private sealed record ServedRow(DateTimeOffset Hour, string Counts);
}
