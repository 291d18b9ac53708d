using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Training;

/// <summary>Versions of models, and what was live when.</summary>
internal sealed class VersionStore(IDatabase database, TimeProvider time)
{
    private const string Columns = "model, version, experiment, blob, input, profile, created";

    private const string Insert =
        $"INSERT INTO model_versions (tenant, {Columns}) VALUES (@Tenant, @Model, @version, @Id, @blob, @input, @profile, @now)";

    private const string LiveVersion =
        "SELECT version FROM model_events WHERE tenant = @tenant AND model = @model ORDER BY number DESC LIMIT 1";

    private const string InsertEvent =
        "INSERT INTO model_events (tenant, model, number, kind, version, user_name, at) VALUES (@tenant, @model, @number, @kind, @version, @user, @now)";

    /// <summary>The next version of the experiment's model; the first one of all is live at once.</summary>
    public async Task<int> AddAsync(WriteSession session, ExperimentRow experiment, string blob, InputSchema input, DataProfile profile)
    {
        var version = 1 + await session.GetAsync<int>(
            "SELECT COALESCE(MAX(version), 0) FROM model_versions WHERE tenant = @Tenant AND model = @Model",
            new { experiment.Tenant, experiment.Model });
        await session.ExecuteAsync(Insert, new
        {
            experiment.Tenant,
            experiment.Model,
            version,
            experiment.Id,
            blob,
            input = JsonSerializer.Serialize(input, TrainingJson.Default.InputSchema),
            profile = JsonSerializer.Serialize(profile, TrainingJson.Default.DataProfile),
            now = time.GetUtcNow(),
        });
        if ((await EventsAsync(session, experiment.Tenant, experiment.Model)).Count == 0)
            await AddEventAsync(session, experiment.Tenant, experiment.Model, 1, ModelEvent.Promoted, version, experiment.UserName);
        return version;
    }

    public Task<IReadOnlyList<string>> NamesAsync(string tenant, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync<string>("SELECT DISTINCT model FROM model_versions WHERE tenant = @tenant ORDER BY model",
            new { tenant }), cancellationToken);

    public Task<(IReadOnlyList<VersionRow> Versions, IReadOnlyList<ModelEvent> Events)> ReadAsync(
        string tenant, string model, CancellationToken cancellationToken)
        => database.ReadAsync(async session => (
            await session.QueryAsync<VersionRow>(
                $"SELECT {Columns} FROM model_versions WHERE tenant = @tenant AND model = @model ORDER BY version DESC",
                new { tenant, model }),
            await EventsAsync(session, tenant, model)), cancellationToken);

    public Task<VersionRow?> FindAsync(string tenant, string model, int version, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FindAsync<VersionRow>(
            $"SELECT {Columns} FROM model_versions WHERE tenant = @tenant AND model = @model AND version = @version",
            new { tenant, model, version }),
        cancellationToken);

    /// <returns>null when no version is live.</returns>
    public Task<int?> LiveAsync(string tenant, string model, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.FindAsync<int?>(LiveVersion, new { tenant, model }), cancellationToken);

    /// <summary>Adds the event that <paramref name="decide"/> makes of those before it.</summary>
    public Task ChangeAsync(
        string tenant, string model, string user, Func<IReadOnlyList<ModelEvent>, (string Kind, int Version)> decide,
        CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, async session =>
        {
            var events = await EventsAsync(session, tenant, model);
            var (kind, version) = decide(events);
            await AddEventAsync(session, tenant, model, events.Count + 1, kind, version, user);
        }, cancellationToken);

    private Task<int> AddEventAsync(WriteSession session, string tenant, string model, int number, string kind, int version, string user)
        => session.ExecuteAsync(InsertEvent, new { tenant, model, number, kind, version, user, now = time.GetUtcNow() });

    private static async Task<IReadOnlyList<ModelEvent>> EventsAsync(Session session, string tenant, string model)
        => [.. (await session.QueryAsync<EventRow>(
            "SELECT number, kind, version, user_name, at FROM model_events WHERE tenant = @tenant AND model = @model ORDER BY number",
            new { tenant, model }))
            .Select(e => new ModelEvent(e.Number, e.Kind, e.Version, e.UserName, e.At))];

    private sealed record EventRow(int Number, string Kind, int Version, string UserName, DateTimeOffset At);
}
