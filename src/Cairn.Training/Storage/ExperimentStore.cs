using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Training;

/// <summary>Experiments and their curves.</summary>
internal sealed class ExperimentStore(IDatabase database, TimeProvider time)
{
    private const string Columns =
        "tenant, id, model, job, user_name, recipe, data_hash, data_bytes, code_version, created, started, outcome, stage, stop_stage";

    private const string Insert =
        $"""
        INSERT INTO experiments ({Columns})
        VALUES (@Tenant, @Id, @Model, @Job, @UserName, @Recipe, @DataHash, @DataBytes, @CodeVersion, @Created, NULL, NULL, NULL, NULL)
        """;

    private const string Newest =
        $"SELECT {Columns} FROM experiments WHERE tenant = @tenant AND (model = @model OR @model = '') ORDER BY id DESC LIMIT @limit";

    private const string Beginning =
        $"SELECT {Columns} FROM experiments WHERE tenant = @tenant AND id >= @id AND id < @end ORDER BY id LIMIT 2";

    private const string AddPoint =
        """
        INSERT INTO experiment_points (tenant, experiment, series, step, value) VALUES (@Tenant, @Experiment, @Series, @Step, @Value)
        ON CONFLICT (tenant, experiment, series, step) DO UPDATE SET value = @Value
        """;

    public Task AddAsync(ExperimentRow row, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Full, session => session.ExecuteAsync(Insert, row), cancellationToken);

    public Task SetJobAsync(string tenant, string id, string job, CancellationToken cancellationToken) => database.WriteAsync(
        Durability.Full, session => session.ExecuteAsync("UPDATE experiments SET job = @job WHERE tenant = @tenant AND id = @id",
            new { tenant, id, job }), cancellationToken);

    public Task<IReadOnlyList<ExperimentRow>> ListAsync(string tenant, string? model, int limit, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.QueryAsync<ExperimentRow>(Newest, new { tenant, model = model ?? "", limit }),
            cancellationToken);

    /// <summary>At most two whose ids begin so.</summary>
    public Task<IReadOnlyList<ExperimentRow>> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.QueryAsync<ExperimentRow>(Beginning, new { tenant, id, end = id + "~" }),
            cancellationToken);

    /// <summary>Notes the first start; that of a later attempt changes nothing.</summary>
    public Task BeginAsync(string tenant, string id, CancellationToken cancellationToken) => database.WriteAsync(
        Durability.Derived,
        session => session.ExecuteAsync("UPDATE experiments SET started = @now WHERE tenant = @tenant AND id = @id AND started IS NULL",
            new { tenant, id, now = time.GetUtcNow() }),
        cancellationToken);

    /// <summary>The last stage that anybody asked to leave off stands: those before it are over with it.</summary>
    public Task StopAsync(string tenant, string id, TrainingStage stage, CancellationToken cancellationToken) => database.WriteAsync(
        Durability.Full,
        session => session.ExecuteAsync(
            "UPDATE experiments SET stop_stage = @stage WHERE tenant = @tenant AND id = @id AND COALESCE(stop_stage, '') <> @last",
            new { tenant, id, stage = stage.ToString(), last = nameof(TrainingStage.Learning) }),
        cancellationToken);

    /// <returns>null where nobody asked for it.</returns>
    public async Task<TrainingStage?> StopOfAsync(string tenant, string id, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.FindAsync<string>(
                "SELECT stop_stage FROM experiments WHERE tenant = @tenant AND id = @id", new { tenant, id }),
            cancellationToken) is { } stage
            ? Enum.Parse<TrainingStage>(stage)
            : null;

    public Task SetStageAsync(string tenant, string id, TrainingStage stage, CancellationToken cancellationToken) => database.WriteAsync(
        Durability.Derived,
        session => session.ExecuteAsync(
            "UPDATE experiments SET stage = @stage WHERE tenant = @tenant AND id = @id", new { tenant, id, stage = stage.ToString() }),
        cancellationToken);

    /// <summary>A point that is there already is written over: an attempt after a break records the last ones again.</summary>
    public Task AddPointsAsync(
        string tenant, string experiment, IReadOnlyCollection<CurvePoint> points,
        CancellationToken cancellationToken) => database.WriteAsync(
        Durability.Derived, session => session.ExecuteManyAsync(AddPoint,
            points.Select(p => new PointRow(tenant, experiment, p.Series, p.Step, p.Value))), cancellationToken);

    public async Task<IReadOnlyList<CurvePoint>> PointsAsync(string tenant, string experiment, CancellationToken cancellationToken)
        => [.. (await database.ReadAsync(session => session.QueryAsync<PointRow>(
            "SELECT tenant, experiment, series, step, value FROM experiment_points WHERE tenant = @tenant AND experiment = @experiment ORDER BY series, step",
            new { tenant, experiment }), cancellationToken)).Select(p => new CurvePoint(p.Series, p.Step, p.Value))];

    public static Task EndAsync(WriteSession session, string tenant, string id, ExperimentOutcome outcome) => session.ExecuteAsync(
        "UPDATE experiments SET outcome = @outcome WHERE tenant = @tenant AND id = @id",
        new { tenant, id, outcome = JsonSerializer.Serialize(outcome, TrainingJson.Default.ExperimentOutcome) });

    private sealed record PointRow(string Tenant, string Experiment, string Series, long Step, double Value);
}
