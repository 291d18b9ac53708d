using Cairn.Storage;

namespace Cairn.Models;

/// <summary>Calls, tokens and cost per day, caller, key, app and model.</summary>
internal sealed class LedgerStore(IDatabase database)
{
    private const string Add =
        """
        INSERT INTO model_ledger (tenant, day, user_name, key_id, app, model, calls, unpriced, input, cache_read, cache_write, output, reasoning, cost)
        VALUES (@Tenant, @Day, @User, @KeyId, @App, @Model, @Calls, @Unpriced, @Input, @CacheRead, @CacheWrite, @Output, @Reasoning, @Cost)
        ON CONFLICT (tenant, day, user_name, key_id, app, model) DO UPDATE SET
            calls = model_ledger.calls + @Calls, unpriced = model_ledger.unpriced + @Unpriced, input = model_ledger.input + @Input,
            cache_read = model_ledger.cache_read + @CacheRead, cache_write = model_ledger.cache_write + @CacheWrite,
            output = model_ledger.output + @Output, reasoning = model_ledger.reasoning + @Reasoning, cost = model_ledger.cost + @Cost
        """;

    public static Task AddAsync(WriteSession session, IReadOnlyCollection<SpendingRow> rows) => session.ExecuteManyAsync(Add, rows);

    /// <param name="from">The first day, and <paramref name="to"/> the last.</param>
    public Task<IReadOnlyList<CostRow>> SumAsync(string tenant, CostBy by, string from, string to, CancellationToken cancellationToken)
    {
        var column = by switch
        {
            CostBy.App => "app",
            CostBy.User => "user_name",
            CostBy.Key => "key_id",
            CostBy.Day => "day",
            _ => "model",
        };
        var sql =
            $"""
            SELECT {column} AS Name, SUM(calls) AS Calls, SUM(unpriced) AS Unpriced, SUM(input) AS Input, SUM(cache_read) AS CacheRead,
                SUM(cache_write) AS CacheWrite, SUM(output) AS Output, SUM(reasoning) AS Reasoning, SUM(cost) AS Cost
            FROM model_ledger WHERE tenant = @tenant AND day >= @from AND day <= @to
            GROUP BY {column} ORDER BY {(by == CostBy.Day ? "Name" : "Cost DESC, Calls DESC, Name")}
            """;
        return database.ReadAsync(session => session.QueryAsync<CostRow>(sql, new { tenant, from, to }), cancellationToken);
    }
}
