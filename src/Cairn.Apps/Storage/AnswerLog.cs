using System.Collections.Immutable;
using System.Text.Json;
using Cairn.Storage;

namespace Cairn.Apps;

/// <summary>Keeps traces, and with an answer's trace its turn.</summary>
internal sealed class AnswerLog(IDatabase database, ConversationStore conversations)
{
    private const string InsertTrace =
        "INSERT INTO traces (tenant, id, app, caller, started) VALUES (@tenant, @id, @app, @caller, @started)";

    private const string InsertSpan = """
        INSERT INTO spans (tenant, trace, id, parent, name, starts, milliseconds, error, attributes)
        VALUES (@tenant, @trace, @id, @parent, @name, @starts, @milliseconds, @error, @attributes)
        """;

    private const string SelectOld =
        "SELECT tenant, id FROM traces WHERE (CASE WHEN app = @app THEN 1 ELSE 0 END) = @calls AND started < @before LIMIT @most";

    private const string DeleteSpans = "DELETE FROM spans WHERE tenant = @tenant AND trace = @id";
    private const string DeleteTrace = "DELETE FROM traces WHERE tenant = @tenant AND id = @id";

    /// <summary>Forgotten in one transaction: writers do not wait long for it.</summary>
    private const int ForgottenTogether = 500;

    private const string SelectTrace = "SELECT id, app, caller, started FROM traces WHERE tenant = @tenant AND id = @id";

    private const string SelectTraces = """
        SELECT id, app, caller, started FROM traces WHERE tenant = @tenant AND (@all = 1 OR caller = @caller) ORDER BY started DESC, id LIMIT @limit
        """;

    private const string SelectSpans =
        "SELECT id, parent, name, starts, milliseconds, error, attributes FROM spans WHERE tenant = @tenant AND trace = @trace";

    /// <summary>One transaction: the trace, its spans, and the turn.</summary>
    public Task SaveAsync(Principal caller, Trace trace, SavedTurn? turn, CancellationToken cancellationToken)
        => database.WriteAsync(turn is null ? Durability.Derived : Durability.Full, async session =>
        {
            if (turn is not null)
                await conversations.AppendAsync(session, caller, turn);
            await InsertAsync(session, caller.Tenant, trace);
            return true;
        }, cancellationToken);

    /// <summary>Traces of calls through the gateway, many in one transaction.</summary>
    public Task SaveCallsAsync(IReadOnlyList<(string Tenant, Trace Trace)> calls, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Derived, async session =>
        {
            foreach (var (tenant, trace) in calls)
                await InsertAsync(session, tenant, trace);
            return true;
        }, cancellationToken);

    /// <summary>Forgets traces of answers, or of calls through the gateway, that began before, a portion at a time.</summary>
    /// <returns>How many.</returns>
    public async Task<long> ForgetAsync(bool calls, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var parameters = new { app = CallTrace.App, calls = calls ? 1 : 0, before = before.ToUnixTimeMilliseconds(),
            most = ForgottenTogether };
        for (var forgotten = 0L; ;)
        {
            var now = await database.WriteAsync(Durability.Derived, async session =>
            {
                var old = (await session.QueryAsync<OldTrace>(SelectOld, parameters)).Select(t => new { tenant = t.Tenant, id = t.Id })
                    .ToList();
                await session.ExecuteManyAsync(DeleteSpans, old);
                await session.ExecuteManyAsync(DeleteTrace, old);
                return old.Count;
            }, cancellationToken);
            forgotten += now;
            if (now < ForgottenTogether)
                return forgotten;
        }
    }

    public Task<Trace?> FindTraceAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.ReadAsync<Trace?>(async session => await session.FindAsync<TraceRow>(SelectTrace, new { tenant, id }) is { } row
            ? await ReadAsync(session, tenant, row)
            : null, cancellationToken);

    public Task<IReadOnlyList<Trace>> ListTracesAsync(
        string tenant, bool all, string? caller, int limit, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<Trace>>(async session =>
        {
            var traces = new List<Trace>();
            foreach (var row in await session.QueryAsync<TraceRow>(SelectTraces,
                new { tenant, all = all ? 1 : 0, caller = caller ?? "", limit }))
                traces.Add(await ReadAsync(session, tenant, row));
            return traces;
        }, cancellationToken);

    private static async Task InsertAsync(WriteSession session, string tenant, Trace trace)
    {
        await session.ExecuteAsync(InsertTrace,
            new { tenant, id = trace.Id, app = trace.App, caller = trace.User, started = trace.Started.ToUnixTimeMilliseconds() });
        foreach (var span in trace.Spans)
        {
            await session.ExecuteAsync(InsertSpan, new
            {
                tenant,
                trace = trace.Id,
                id = span.Id,
                parent = span.Parent,
                name = span.Name,
                starts = span.Start,
                milliseconds = span.Milliseconds,
                error = span.Error,
                attributes = JsonSerializer.Serialize(span.Attributes, AppsJson.Default.ImmutableDictionaryStringString),
            });
        }
    }

    private static async Task<Trace> ReadAsync(Session session, string tenant, TraceRow row)
    {
        var spans = await session.QueryAsync<SpanRow>(SelectSpans, new { tenant, trace = row.Id });
        return new Trace(row.Id, row.App, row.Caller, DateTimeOffset.FromUnixTimeMilliseconds(row.Started),
            Trace.InOrder([.. spans.Select(s => s.ToSpan())]));
    }

    private sealed class OldTrace
    {
        public string Tenant { get; init; } = "";

        public string Id { get; init; } = "";
    }

    private sealed class TraceRow
    {
        public string Id { get; init; } = "";

        public string App { get; init; } = "";

        public string? Caller { get; init; }

        public long Started { get; init; }
    }

    private sealed class SpanRow
    {
        public string Id { get; init; } = "";

        public string? Parent { get; init; }

        public string Name { get; init; } = "";

        public double Starts { get; init; }

        public double Milliseconds { get; init; }

        public string? Error { get; init; }

        public string Attributes { get; init; } = "";

        public Span ToSpan() => new()
        {
            Id = Id,
            Parent = Parent,
            Name = Name,
            Start = Starts,
            Milliseconds = Milliseconds,
            Error = Error,
            Attributes = JsonSerializer.Deserialize(Attributes, AppsJson.Default.ImmutableDictionaryStringString)
                ?? ImmutableDictionary<string, string>.Empty,
        };
    }
}
